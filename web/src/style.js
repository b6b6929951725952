// The style of the map: the bundled basemap in the colours of the page, or a style that the server was told.

/** Give the value of a custom property of the page. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Give the bundled style, whose tiles are those of the file at a URL: countries of Natural Earth, names of countries and large cities. */
export function bundled(basemap) {
  return {
    version: 8,
    sources: {
      base: {
        type: "vector",
        // named here, so that the first tile need not wait until the file has told what it holds
        tiles: [`pmtiles://${basemap}/{z}/{x}/{y}`],
        maxzoom: 6,
        attribution: "Natural Earth",
      },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      // the borders draw its edge
      { id: "land", type: "fill", source: "base", "source-layer": "land", paint: { "fill-color": colour("land"), "fill-antialias": false } },
      {
        id: "borders", type: "line", source: "base", "source-layer": "borders",
        paint: { "line-color": colour("border"), "line-width": ["interpolate", ["linear"], ["zoom"], 0, 0.5, 6, 1.4] },
      },
      ...names(),
    ],
  };
}

function names() {
  const common = { type: "symbol", source: "base" };
  const words = { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-max-width": 7 };
  const halo = { "text-halo-color": colour("land"), "text-halo-width": 1.2 };
  // a mark often stands on the city itself
  const beside = { "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.8 };
  // the more people, the sooner a city is named
  const cities = (id, least, minzoom, maxzoom) => ({
    ...common, id, "source-layer": "cities", minzoom, maxzoom, filter: [">=", ["get", "size"], least],
    layout: { ...words, "text-size": 11, "symbol-sort-key": ["-", 0, ["get", "size"]], ...beside },
    paint: { ...halo, "text-color": colour("city") },
  });
  return [
    cities("cities-large", 3000, 3.2, 4.5),
    cities("cities-middle", 1000, 4.5, 5.5),
    cities("cities", 0, 5.5, 24),
    {
      ...common, id: "countries", "source-layer": "names", minzoom: 1.2, maxzoom: 7,
      layout: {
        ...words, "symbol-sort-key": ["-", 0, ["get", "size"]], "text-transform": "uppercase", "text-letter-spacing": 0.08,
        "text-size": ["interpolate", ["linear"], ["zoom"], 1, 9, 5, 13],
      },
      paint: { ...halo, "text-color": colour("country") },
    },
  ];
}
