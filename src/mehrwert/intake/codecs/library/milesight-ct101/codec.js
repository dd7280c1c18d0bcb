// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
// Kanal, Art, Wert (niederwertiges Byte zuerst), bis zum Ende der Nachricht.
const u16 = (b, i) => b[i] + b[i + 1] * 256;
const s16 = (b, i) => (u16(b, i) << 16) >> 16;
const u32 = (b, i) => u16(b, i) + u16(b, i + 2) * 65536;

// FFFF und FFFD sind keine Messwerte: Der Hersteller meldet so, dass nichts zu lesen war.
const CHANNELS = {
  "0175": [1, (b, i, d) => { d.battery = b[i]; }],
  "0397": [4, (b, i, d) => { d.charge_total = u32(b, i) / 100; }],
  "0498": [2, (b, i, d) => { if (u16(b, i) < 0xfffd) d.current = u16(b, i) / 100; }],
  "8498": [7, (b, i, d) => { d.current_max = u16(b, i) / 100; d.current_min = u16(b, i + 2) / 100; d.current = u16(b, i + 4) / 100; d.alarm = b[i + 6]; }],
  "0967": [2, (b, i, d) => { if (u16(b, i) !== 0xfffd && u16(b, i) !== 0xffff) d.temperature = s16(b, i) / 10; }],
  "8967": [3, (b, i, d) => { d.temperature = s16(b, i) / 10; d.temperature_alarm = b[i + 2]; }],
  "ff01": [1, () => {}],
  "ff09": [2, () => {}],
  "ff0a": [2, () => {}],
  "ff0b": [1, () => {}],
  "ff0f": [1, () => {}],
  "ff16": [8, () => {}],
  "fffe": [1, () => {}],
  "ffff": [2, () => {}],
};
function decodeUplink(input) {
  const bytes = input.bytes, data = {}, warnings = [];
  for (let at = 0; at + 1 < bytes.length;) {
    const key = bytes[at].toString(16).padStart(2, "0") + bytes[at + 1].toString(16).padStart(2, "0");
    const channel = CHANNELS[key];
    at += 2;
    if (!channel || at + channel[0] > bytes.length) {
      warnings.push("unbekannter Kanal " + key);
      break;
    }
    channel[1](bytes, at, data);
    at += channel[0];
  }
  return { data, warnings };
}
