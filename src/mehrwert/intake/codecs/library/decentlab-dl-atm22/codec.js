// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
// Protokoll 2: Version, Gerätenummer, Bitfeld der Gruppen, dann je Gruppe ihre 16-Bit-Wörter.
function readGroups(bytes, lengths) {
  if (bytes.length < 5 || bytes[0] !== 2) throw new Error("Protokoll 2 erwartet");
  const word = (at) => {
    if (at + 1 >= bytes.length) throw new Error("Nachricht zu kurz");
    return bytes[at] * 256 + bytes[at + 1];
  };
  const flags = word(3);
  let at = 5;
  return lengths.map((n, group) => {
    if (!((flags >> group) & 1)) return null;
    const words = [];
    for (let i = 0; i < n; i++, at += 2) words.push(word(at));
    return words;
  });
}
const round = (value, digits) => Number(value.toFixed(digits));

function decodeUplink(input) {
  const groups = readGroups(input.bytes, [8, 1]);
  const data = {};
  if (groups[0]) {
    const signed = groups[0].map((word) => word - 32768);
    data.wind_speed = round(signed[0] / 100, 2);
    data.wind_direction = round(signed[1] / 10, 1);
    data.wind_gust = round(signed[2] / 100, 2);
    data.air_temperature = round(signed[3] / 10, 1);
    data.tilt_x = round(signed[4] / 10, 1);
    data.tilt_y = round(signed[5] / 10, 1);
  }
  if (groups[1]) data.battery_voltage = groups[1][0] / 1000;
  return { data };
}
