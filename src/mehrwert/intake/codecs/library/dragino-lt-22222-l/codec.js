// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
function decodeUplink(input) {
  const b = input.bytes, s16 = (i) => ((b[i] * 256 + b[i + 1]) << 16) >> 16;
  if (b.length < 11 || (b[10] & 63) !== 1) return { errors: ["nur Betriebsart 1 (2ACI+2AVI)"] };
  const states = b[8];
  return {
    data: {
      voltage_1: s16(0) / 1000,
      voltage_2: s16(2) / 1000,
      current_1: s16(4) / 1000,
      current_2: s16(6) / 1000,
      relay_1: (states >> 7) & 1,
      relay_2: (states >> 6) & 1,
      input_2: (states >> 4) & 1,
      input_1: (states >> 3) & 1,
    },
  };
}
