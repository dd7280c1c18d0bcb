// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
// Art und Wert, höherwertiges Byte zuerst.
const u16 = (b, i) => b[i] * 256 + b[i + 1];
const s16 = (b, i) => (u16(b, i) << 16) >> 16;
const u32 = (b, i) => u16(b, i) * 65536 + u16(b, i + 2);
const KINDS = {
  0x01: [2, (b, i, d) => { d.air_temperature = s16(b, i) / 10; }],
  0x02: [1, (b, i, d) => { d.air_humidity = b[i]; }],
  0x03: [3, () => {}],
  0x04: [2, (b, i, d) => { d.light = u16(b, i); }],
  0x05: [1, (b, i, d) => { d.motion = b[i]; }],
  0x06: [2, (b, i, d) => { d.co2 = u16(b, i); }],
  0x07: [2, (b, i, d) => { d.battery_mv = u16(b, i); }],
  0x08: [2, (b, i, d) => { d.analog_mv = u16(b, i); }],
  0x0a: [2, (b, i, d) => { d.pulses = u16(b, i); }],
  0x0b: [4, (b, i, d) => { d.pulses_total = u32(b, i); }],
  0x0c: [2, (b, i, d) => { d.external_temperature = s16(b, i) / 10; }],
  0x0d: [1, (b, i, d) => { d.digital = b[i]; }],
  0x0e: [2, (b, i, d) => { d.distance = u16(b, i); }],
  0x0f: [1, () => {}],
  0x11: [1, (b, i, d) => { d.occupancy = b[i]; }],
  0x12: [1, (b, i, d) => { d.water_leak = b[i]; }],
  0x14: [4, (b, i, d) => { d.air_pressure = u32(b, i) / 1000; }],
  0x15: [2, (b, i, d) => { d.sound_peak = b[i]; d.sound_mean = b[i + 1]; }],
  0x1c: [2, (b, i, d) => { d.voc = u16(b, i); }],
};
function decodeUplink(input) {
  const bytes = input.bytes, data = {}, warnings = [];
  for (let at = 0; at < bytes.length;) {
    const kind = KINDS[bytes[at]];
    if (!kind || at + 1 + kind[0] > bytes.length) {
      warnings.push("unbekannte Art " + bytes[at]);
      break;
    }
    kind[1](bytes, at + 1, data);
    at += 1 + kind[0];
  }
  return { data, warnings };
}
