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
  const groups = readGroups(input.bytes, [4, 1]);
  const data = {};
  if (groups[0]) {
    data.water_depth = groups[0][0] - 32768;
    data.water_temperature = round((groups[0][1] - 32768) / 10, 1);
    data.conductivity = groups[0][2];
    data.freezing = groups[0][3];
  }
  if (groups[1]) data.battery_voltage = groups[1][0] / 1000;
  return { data };
}
