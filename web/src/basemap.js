// The bundled basemap, a PMTiles archive of some 1 MB, read whole: one answer instead of one for each tile. A browser that
// leaves answers on their way, as where the map moves on, now and then fails those to other parts of the same file.

/** A source of bytes for PMTiles. */
export class Basemap {
  constructor(url) {
    this.url = url;
    this.bytes = null;
  }

  getKey() {
    return this.url;
  }

  /** Give some bytes of the file; where it could not be read, the next one who asks tries again. */
  async getBytes(offset, length) {
    this.bytes ??= whole(this.url);
    try {
      return { data: (await this.bytes).slice(offset, offset + length) };
    } catch (problem) {
      this.bytes = null;
      throw problem;
    }
  }
}

async function whole(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.arrayBuffer();
}
