/* The map: own offline style, labels in Fira Sans without a glyph server, pins as real buttons.
   Without WebGL, without JavaScript and on paper the server's drawing stays. */
const LIBRARY = "../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs";
const EMPTY = { type: "FeatureCollection", features: [] };

const hasWebGL = () => {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
};

const style = (boundaries) => ({
  version: 8,
  sources: { areas: { type: "geojson", data: boundaries } },
  layers: [
    { id: "ground", type: "background", paint: { "background-color": "#dde6ea" } },
    { id: "land", type: "fill", source: "areas", filter: ["==", ["get", "kind"], "land"], paint: { "fill-color": "#e6eedd" } },
    { id: "neighbour", type: "fill", source: "areas", filter: ["==", ["get", "kind"], "neighbour"], paint: { "fill-color": "#eef2f0" } },
    { id: "own", type: "fill", source: "areas", filter: ["==", ["get", "kind"], "own"], paint: { "fill-color": "#fbf7f1" } },
    { id: "edges", type: "line", source: "areas", filter: ["==", ["get", "kind"], "neighbour"], paint: { "line-color": "#a9b5c2", "line-width": 1 } },
    { id: "own-edge", type: "line", source: "areas", filter: ["==", ["get", "kind"], "own"], paint: { "line-color": "#0f2137", "line-width": 2.2 }, layout: { "line-join": "round" } },
    {
      id: "names", type: "symbol", source: "areas", filter: ["==", ["get", "kind"], "neighbour"],
      layout: { "text-field": ["get", "name"], "text-font": ["Fira Sans"], "text-size": 14, "text-padding": 12 },
      paint: { "text-color": "#56667a", "text-halo-color": "#ffffff", "text-halo-width": 1.6 },
    },
  ],
});

const bounds = (features) => {
  let [west, south, east, north] = [180, 90, -180, -90];
  const visit = (coordinates) => {
    if (typeof coordinates[0] === "number") {
      west = Math.min(west, coordinates[0]);
      east = Math.max(east, coordinates[0]);
      south = Math.min(south, coordinates[1]);
      north = Math.max(north, coordinates[1]);
    } else coordinates.forEach(visit);
  };
  for (const feature of features) if (feature.geometry) visit(feature.geometry.coordinates);
  return west <= east ? [[west, south], [east, north]] : [[5.9, 47.3], [15.1, 55.1]];
};

const read = async (url) => {
  if (!url) return EMPTY;
  const answer = await fetch(url, { headers: { Accept: "application/geo+json,application/json" } });
  return answer.ok ? answer.json() : EMPTY;
};

class TownMap {
  constructor(section, library, boundaries, points) {
    this.section = section;
    this.library = library;
    this.points = points.features;
    this.words = section.querySelector("[data-map-words]");
    this.card = section.querySelector("[data-map-card]");
    this.pins = new Map();
    this.selected = null;
    const own = boundaries.features.filter((f) => f.properties?.kind === "own");
    this.whole = bounds(this.points.length ? [...this.points, ...own.slice(0, this.points.length > 1 ? 0 : 1)] : own.length ? own : boundaries.features);
    const box = document.createElement("div");
    section.querySelector("[data-map-box]").append(box);
    const camera = this.camera();
    this.map = new library.Map({
      container: box,
      style: style(boundaries),
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      maxZoom: 19,
      minZoom: 4,
      fadeDuration: 0,
      locale: {
        "Map.Title": this.word("title"),
        "CooperativeGesturesHandler.WindowsHelpText": this.word("windows"),
        "CooperativeGesturesHandler.MacHelpText": this.word("mac"),
        "CooperativeGesturesHandler.MobileHelpText": this.word("touch"),
      },
      ...(camera ?? { bounds: this.whole, fitBoundsOptions: { padding: this.padding(), maxZoom: 15 } }),
    });
    this.map.touchZoomRotate?.disableRotation?.();
    this.map.once("load", () => this.ready());
  }

  padding() {
    const isNarrow = this.section.clientWidth < 600;
    return { top: 96, bottom: 48, left: isNarrow ? 40 : 90, right: isNarrow ? 56 : 130 };
  }

  word(name) {
    return this.words.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
  }

  say(text) {
    this.section.querySelector("[data-map-says]").textContent = text;
  }

  camera() {
    const [zoom, lat, lon] = (new URL(location.href).searchParams.get("karte") ?? "").split("/").map(Number);
    return Number.isFinite(lon) && zoom > 0 ? { center: [lon, lat], zoom } : null;
  }

  ready() {
    this.section.dataset.ready = "";
    for (const feature of this.points) if (feature.geometry) this.pin(feature);
    for (const button of this.section.querySelectorAll("[data-map-do]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.act(button.dataset.mapDo));
    }
    this.section.querySelector("[data-map-controls]").hidden = false;
    this.section.addEventListener("keydown", (event) => event.key === "Escape" && this.leave(event));
    this.map.on("moveend", () => this.moved());
    document.addEventListener("mehrwert:value", (event) => this.live(event.detail));
    this.declutter();
    const chosen = new URL(location.href).searchParams.get("punkt");
    if (chosen && this.pins.has(chosen)) this.select(chosen, false, !this.camera());
    this.section.dispatchEvent(new CustomEvent("mehrwert:map"));
  }

  pin(feature) {
    const { id, name, value, state, note } = feature.properties;
    const place = document.createElement("div");
    place.className = "mw-place";
    place.toggleAttribute("data-approximate", Boolean(note));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mw-pin";
    button.innerHTML = "<span><i></i><em></em> <b></b></span>";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      if (this.pins.get(String(id)).group.length) this.approach(feature);
      else this.select(String(id), true);
    });
    button.addEventListener("focus", () => {
      place.classList.add("mw-pinned");
      this.bringIntoView(feature);
    });
    button.addEventListener("blur", () => place.classList.toggle("mw-pinned", this.selected === String(id)));
    button.addEventListener("pointerenter", () => place.classList.add("mw-pinned"));
    button.addEventListener("pointerleave", () => place.classList.toggle("mw-pinned", this.selected === String(id)));
    place.append(button);
    new this.library.Marker({ element: place, anchor: "center" }).setLngLat(feature.geometry.coordinates).addTo(this.map);
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
    place.removeAttribute("tabindex");
    const pin = { button, place, feature, group: [] };
    this.pins.set(String(id), pin);
    this.label(pin, name, value, state);
  }

  label(pin, name, value, state = "fresh") {
    const { button, place } = pin;
    button.dataset.state = state;
    place.dataset.state = state;
    button.toggleAttribute("data-plain", !value);
    button.querySelector("em").textContent = name;
    button.querySelector("b").textContent = value ?? "";
    button.setAttribute("aria-label", [name, value, this.word(state)].filter(Boolean).join(", "));
    pin.width = 0;
  }

  bringIntoView(feature) {
    if (!this.map.getBounds().contains(feature.geometry.coordinates)) this.map.panTo(feature.geometry.coordinates);
  }

  approach(feature) {
    this.map.easeTo({ center: feature.geometry.coordinates, zoom: Math.min(this.map.getZoom() + 2, 19) });
  }

  /* A label that would cover another one moves below its place, else it shrinks to a dot; dots that
     would cover each other become one with their number. The most urgent states are placed first. */
  declutter() {
    const urgency = { silent: 0, late: 1, fresh: 2, closed: 3 };
    const rank = (pin) => (String(pin.feature.properties.id) === this.selected ? -1 : (urgency[pin.feature.properties.state] ?? 2));
    const order = [...this.pins.values()].sort((a, b) => rank(a) - rank(b));
    for (const pin of order) {
      pin.at = this.map.project(pin.feature.geometry.coordinates);
      pin.group = [];
      pin.button.hidden = false;
      if (pin.width) continue;
      pin.button.classList.remove("dot", "below");
      pin.width = pin.button.offsetWidth;
      pin.height = pin.button.offsetHeight + 5;
    }
    const kept = [];
    const dots = [];
    const isFree = (box, pin) =>
      !kept.some((o) => box.left < o.right + 4 && o.left < box.right + 4 && box.top < o.bottom + 3 && o.top < box.bottom + 3) &&
      !order.some((o) => o !== pin && o.at.x > box.left - 14 && o.at.x < box.right + 14 && o.at.y > box.top - 14 && o.at.y < box.bottom + 14);
    for (const pin of order) {
      const { at, width, height, button } = pin;
      const above = { left: at.x - width / 2, right: at.x + width / 2, top: at.y - height, bottom: at.y };
      const below = { ...above, top: at.y, bottom: at.y + height };
      const choice = isFree(above, pin) ? above : isFree(below, pin) ? below : null;
      button.classList.toggle("below", choice === below);
      button.classList.toggle("dot", choice === null);
      if (choice) kept.push(choice);
      else this.join(pin, dots);
    }
    for (const pin of order) this.count(pin);
  }

  join(pin, dots) {
    const near = dots.find((o) => Math.abs(o.at.x - pin.at.x) < 28 && Math.abs(o.at.y - pin.at.y) < 28);
    if (!near) dots.push(pin);
    else {
      near.group.push(pin);
      pin.button.hidden = true;
    }
  }

  count({ button, group, feature }) {
    const { name, value, state } = feature.properties;
    const alone = [name, value, this.word(state ?? "fresh")].filter(Boolean).join(", ");
    const many = this.word("group").replace("{n}", group.length + 1);
    button.setAttribute("aria-label", group.length ? `${many}: ${alone} …` : alone);
    button.firstElementChild.dataset.count = group.length ? group.length + 1 : "";
  }

  moved() {
    this.declutter();
    const { lng, lat } = this.map.getCenter();
    this.remember("karte", `${this.map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`);
    const view = this.map.getBounds();
    const inside = this.points.filter((f) => f.geometry && view.contains(f.geometry.coordinates)).length;
    this.say(this.word("shown").replace("{n}", inside));
  }

  remember(name, value) {
    const url = new URL(location.href);
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
    history.replaceState(history.state, "", url.href.replaceAll("%2F", "/"));
  }

  select(id, isMovingFocus, isMovingMap = false) {
    const { button, place, feature } = this.pins.get(id);
    if (isMovingMap) this.map.jumpTo({ center: feature.geometry.coordinates, zoom: Math.max(this.map.getZoom(), 14) });
    if (this.selected) this.unmark();
    this.selected = id;
    place.classList.add("mw-pinned");
    button.setAttribute("aria-pressed", "true");
    const { name, value, state, url, at, note } = feature.properties;
    const part = (key) => this.card.querySelector(`[data-card="${key}"]`);
    part("name").textContent = name;
    part("value").textContent = value ?? "";
    const when = at ? new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }) : "";
    part("state").textContent = [this.word(state ?? "fresh"), when, note].filter(Boolean).join(" · ");
    part("link").hidden = !url;
    if (url) part("link").href = url;
    this.card.hidden = false;
    if (isMovingFocus) part("name").focus();
    this.remember("punkt", id);
    this.declutter();
  }

  close() {
    if (!this.selected) return;
    const { button } = this.pins.get(this.selected);
    this.unmark();
    this.selected = null;
    this.card.hidden = true;
    this.remember("punkt", null);
    button.focus();
    this.declutter();
  }

  unmark() {
    const { button, place } = this.pins.get(this.selected);
    button.setAttribute("aria-pressed", "false");
    place.classList.remove("mw-pinned");
  }

  leave(event) {
    event.preventDefault();
    if (this.selected) return this.close();
    const list = this.section.querySelector("[data-map-list]");
    if (list) list.focus();
    else document.activeElement?.blur();
    return undefined;
  }

  act(verb) {
    const step = { north: [0, -120], south: [0, 120], west: [-120, 0], east: [120, 0] }[verb];
    if (step) this.map.panBy(step);
    else if (verb === "in") this.map.zoomIn();
    else if (verb === "out") this.map.zoomOut();
    else if (verb === "whole") this.map.fitBounds(this.whole, { padding: this.padding(), maxZoom: 15 });
    else if (verb === "close") this.close();
  }

  live(entry) {
    for (const pin of this.pins.values()) {
      const known = pin.feature.properties;
      if (known.datastream_id !== entry.id) continue;
      if (known.at && entry.time < known.at) continue;
      Object.assign(known, { value: window.mehrwert.valueText?.(entry) ?? entry.text, at: entry.time, state: "fresh" });
      this.label(pin, known.name, known.value, known.state);
      if (this.selected === String(known.id)) this.select(this.selected, false);
    }
  }
}

const start = async (section) => {
  const [library, boundaries, points] = await Promise.all([import(LIBRARY), read(section.dataset.boundaryUrl), read(section.dataset.pointsUrl)]);
  section.townMap = new TownMap(section, library, boundaries, points);
};

for (const section of document.querySelectorAll("[data-map]")) {
  const isCalm = matchMedia("(prefers-contrast: more)").matches;
  if (hasWebGL() && !isCalm) start(section);
  else section.dataset.fallback = "";
}
