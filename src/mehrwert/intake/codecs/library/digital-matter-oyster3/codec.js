// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
const s32 = (b, i) => b[i] | (b[i + 1] << 8) | (b[i + 2] << 16) | (b[i + 3] << 24);
const s24 = (b, i) => ((b[i] << 8) | (b[i + 1] << 16) | (b[i + 2] << 24)) >> 8;
function place(data, latitude, longitude, fixFailed) {
  if (fixFailed) return { data, warnings: ["kein neuer Ort bestimmt"] };
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return { data, warnings: ["Ort liegt nicht auf der Erde"] };
  return { data: { ...data, latitude, longitude } };
}
function decodeUplink(input) {
  const b = input.bytes;
  if (input.fPort === 1 && b.length >= 11) {
    const data = { in_trip: b[8] & 1, heading: (b[8] >> 2) * 5.625, speed: b[9], battery_voltage: Number((b[10] * 0.025).toFixed(3)) };
    return place(data, s32(b, 0) / 1e7, s32(b, 4) / 1e7, b[8] & 2);
  }
  if (input.fPort === 4 && b.length >= 8) {
    const data = { heading: (b[6] & 7) * 45, speed: (b[6] >> 3) * 5, battery_voltage: Number((b[7] * 0.025).toFixed(3)) };
    const flags = b.length > 8 ? b[8] : 0;
    return place(data, (s24(b, 0) * 256) / 1e7, (s24(b, 3) * 256) / 1e7, flags & 2);
  }
  return { data: {}, warnings: ["Angaben zum Gerät"] };
}
