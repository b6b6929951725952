// The style of the map: the bundled basemap in the colours of the page, or a style that the server was told.

/** Give the value of a custom property of the page. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Give the bundled style: countries of Natural Earth, names of countries and large cities. */
export function bundled(base) {
  return {
    version: 8,
    sources: {
      base: {
        type: "vector",
        url: `pmtiles://${new URL(`${base}basemap.pmtiles`, location.href)}`,
        attribution: "Natural Earth",
      },
      labels: { type: "geojson", data: new URL(`${base}labels.json`, location.href).toString() },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "land", type: "fill", source: "base", "source-layer": "countries", paint: { "fill-color": colour("land") } },
      {
        id: "borders", type: "line", source: "base", "source-layer": "countries",
        paint: { "line-color": colour("border"), "line-width": ["interpolate", ["linear"], ["zoom"], 0, 0.5, 6, 1.4] },
      },
      ...names(),
    ],
  };
}

function names() {
  const common = { "text-font": ["sans-serif"], "text-max-width": 7 };
  const halo = { "text-halo-color": colour("land"), "text-halo-width": 1.2 };
  // the more people, the sooner a city is named
  const cities = (id, least, minzoom, maxzoom) => ({
    id, type: "symbol", source: "labels", minzoom, maxzoom,
    filter: ["all", ["!=", ["get", "kind"], "country"], [">=", ["get", "people"], least]],
    layout: { ...common, "text-field": ["get", "name"], "text-size": 11, "symbol-sort-key": ["-", 0, ["get", "people"]] },
    paint: { ...halo, "text-color": colour("city") },
  });
  return [
    cities("cities-large", 3000, 3.2, 4.5),
    cities("cities-middle", 1000, 4.5, 5.5),
    cities("cities", 0, 5.5, 24),
    {
      id: "countries", type: "symbol", source: "labels", minzoom: 1.2, maxzoom: 7, filter: ["==", ["get", "kind"], "country"],
      layout: {
        ...common, "text-field": ["get", "name"], "text-transform": "uppercase", "text-letter-spacing": 0.08,
        "text-size": ["interpolate", ["linear"], ["zoom"], 1, 9, 5, 13],
      },
      paint: { ...halo, "text-color": colour("country") },
    },
  ];
}
