// The drawn map, a file of its own: while the browser reads it, the page asks for what it will show.
import * as maplibregl from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";
import { Basemap } from "./basemap.js";
import { CLUSTERS, cornersOf, HEXAGONS, NEAREST, showMarks, SINGLE, SOURCE } from "./marks.js";
import { bundled } from "./style.js";
import { text } from "./strings.js";

maplibregl.setWorkerUrl(new URL("maplibre-worker.js", import.meta.url).toString());
const archives = new Protocol();
maplibregl.addProtocol("pmtiles", archives.tile);

export class Atlas {
  /** `opened` hears what stands behind a mark that was clicked; `moved` hears that another part is looked at. */
  constructor({ style, basemap, start, opened, moved }) {
    this.basemap = new URL(basemap, location.href).toString();
    archives.add(new PMTiles(new Basemap(this.basemap)));
    this.own = style;
    this.told = null;
    this.opened = opened;
    this.map = new maplibregl.Map({
      container: "map",
      style: style || bundled(this.basemap),
      hash: "at",
      center: [start.lon, start.lat],
      zoom: start.zoom,
      maxZoom: NEAREST,
      renderWorldCopies: true,
      attributionControl: { compact: false, customAttribution: style ? "" : text("borders") },
      // each picture of a fading name costs a map without a graphics card as much as a new one
      fadeDuration: 0,
      pixelRatio: Math.min(devicePixelRatio, 2),
      dragRotate: false,
      pitchWithRotate: false,
      locale: { "Map.Title": text("map_title") },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    this.ready = new Promise((ready) => {
      this.map.on("style.load", () => {
        if (this.told) showMarks(this.map, this.told);
        ready();
      });
    });
    this.listen();
    this.map.on("moveend", moved);
  }

  listen() {
    for (const layer of [...SINGLE, CLUSTERS, HEXAGONS]) {
      this.map.on("click", layer, (clicked) => this.open(clicked.features[0]));
      this.map.on("mouseenter", layer, () => { this.map.getCanvas().style.cursor = "pointer"; });
      this.map.on("mouseleave", layer, () => { this.map.getCanvas().style.cursor = ""; });
    }
  }

  /** Show points or cells; hears when they are drawn. */
  async show(told) {
    this.told = told;
    await this.ready;
    if (told !== this.told) return;
    showMarks(this.map, told);
    await new Promise((idle) => {
      this.map.once("idle", idle);
      // a map that shows the same as before, as where nothing is in sight, would say nothing
      this.map.triggerRepaint();
    });
  }

  /** Look at another place. */
  go({ zoom, lon, lat }) {
    this.map.jumpTo({ center: [lon, lat], zoom });
  }

  /** Give what is looked at. */
  view() {
    const { lng: lon, lat } = this.map.getCenter();
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    return { zoom: this.map.getZoom(), lon, lat, width, height };
  }

  /** Give west, south, east and north of what is looked at. */
  sides() {
    const bounds = this.map.getBounds();
    const whole = bounds.getEast() - bounds.getWest() >= 360;
    const sides = whole ? [-180, 180] : [wrap(bounds.getWest()), wrap(bounds.getEast())];
    return [sides[0], bounds.getSouth(), sides[1], bounds.getNorth()];
  }

  /** Draw the map in the colours of the page, which have changed. */
  repaint() {
    if (!this.own) this.map.setStyle(bundled(this.basemap), { diff: false });
  }

  /** Tell what stands behind a mark, and go nearer where that would part it. */
  async open(feature) {
    const { cluster_id: cluster, id, at } = feature.properties;
    if (feature.layer.id === HEXAGONS) return this.openCell(at);
    const spot = feature.geometry.coordinates;
    if (cluster == null) return this.opened({ ids: new Set([id]), box: around([spot]), count: 1 });
    const source = this.map.getSource(SOURCE);
    const count = feature.properties.point_count;
    const leaves = await source.getClusterLeaves(cluster, count, 0);
    const nearer = await source.getClusterExpansionZoom(cluster);
    if (nearer <= NEAREST) this.map.easeTo({ center: spot, zoom: Math.max(nearer, this.map.getZoom() + 1) });
    const ids = new Set(leaves.map((leaf) => leaf.properties.id));
    return this.opened({ ids, box: around(leaves.map((leaf) => leaf.geometry.coordinates)), count });
  }

  /** Tell what lies in a cell of those that are shown, and go nearer. */
  openCell(at) {
    const { h3, ring, count } = this.told.cells;
    const corners = cornersOf(ring[at]);
    const box = around(corners);
    this.map.fitBounds([[Math.min(...corners.map(([lon]) => lon)), box[1]], [Math.max(...corners.map(([lon]) => lon)), box[3]]], { maxZoom: NEAREST });
    return this.opened({ cell: h3[at], box, count: count[at] });
  }
}

/** Give a box around some spots; those beyond the 180th meridian make one that crosses it. */
function around(spots) {
  const lon = spots.map((spot) => spot[0]);
  const lat = spots.map((spot) => spot[1]);
  const reach = 1e-4;
  return [
    wrap(Math.min(...lon) - reach), Math.max(Math.min(...lat) - reach, -90),
    wrap(Math.max(...lon) + reach), Math.min(Math.max(...lat) + reach, 90),
  ];
}

function wrap(lon) {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}
