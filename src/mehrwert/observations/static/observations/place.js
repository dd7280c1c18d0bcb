/* Where something is: a click in the map, or the middle of the map, fills in latitude and longitude.
   Without this file, or without WebGL, the two fields are filled in by hand. */
"use strict";
const box = document.querySelector("[data-place-picker]");
const field = (name) => document.getElementById(box.dataset[name]);
const decimal = document.documentElement.lang === "en" ? "." : ",";
const read = (input) => Number.parseFloat(input.value.replace(",", "."));
const written = (value) => value.toFixed(5).replace(".", decimal);

const begin = (town) => {
  const { map, library } = town;
  let marker = null;
  const show = (lngLat) => {
    if (!marker) {
      const dot = document.createElement("div");
      dot.className = "obs-here";
      marker = new library.Marker({ element: dot, anchor: "center" });
      marker.setLngLat(lngLat).addTo(map);
      for (const name of ["role", "aria-label", "tabindex"]) dot.removeAttribute(name);
    } else marker.setLngLat(lngLat);
  };
  const take = ({ lng, lat }) => {
    field("lat").value = written(lat);
    field("lon").value = written(lng);
    show([lng, lat]);
    const says = box.querySelector("[data-place-says]");
    says.textContent = says.dataset.word.replace("{lat}", written(lat)).replace("{lon}", written(lng));
  };
  const given = () => {
    const [lat, lon] = [read(field("lat")), read(field("lon"))];
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
  };
  const follow = () => {
    const place = given();
    if (place) show(place);
    return place;
  };
  const start = follow();
  if (start) map.jumpTo({ center: start, zoom: Math.max(map.getZoom(), 14) });
  for (const name of ["lat", "lon"]) field(name).addEventListener("change", follow);
  map.on("click", (event) => take(event.lngLat));
  const middle = box.querySelector("[data-place-middle]");
  middle.hidden = false;
  middle.addEventListener("click", () => take(map.getCenter()));
};

if (box) {
  const section = box.querySelector("[data-map]");
  if (section.townMap && "ready" in section.dataset) begin(section.townMap);
  else section.addEventListener("mehrwert:map", () => begin(section.townMap), { once: true });
}
