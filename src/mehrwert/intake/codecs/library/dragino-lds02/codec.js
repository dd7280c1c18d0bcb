// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
function decodeUplink(input) {
  const b = input.bytes, u24 = (i) => b[i] * 65536 + b[i + 1] * 256 + b[i + 2];
  if (b.length < 10 || b[2] !== 1) return { errors: ["nur Betriebsart 1 (Tür)"] };
  const head = b[0] * 256 + b[1];
  return {
    data: {
      battery_voltage: (head & 0x3fff) / 1000,
      door_open: head >> 15,
      openings_total: u24(3),
      last_open_min: u24(6),
      alarm: b[9] & 1,
    },
  };
}
