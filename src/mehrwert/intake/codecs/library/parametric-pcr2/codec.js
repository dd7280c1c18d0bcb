// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
function decodeUplink(input) {
  const b = input.bytes, u16 = (i) => b[i] * 256 + b[i + 1];
  if (input.fPort === 190) return { data: {}, warnings: ["Einstellungen des Geräts"] };
  if (b.length < 17 || b[0] !== 0xbe || b[1] !== 1 || b[2] !== 4) return { errors: ["nur Nutzdaten Version 4"] };
  return {
    data: {
      count_left_to_right: u16(3),
      count_right_to_left: u16(5),
      total_left_to_right: u16(7),
      total_right_to_left: u16(9),
      battery_mv: u16(11),
      solar_mv: u16(13),
      temperature: ((u16(15) << 16) >> 16) / 10,
    },
  };
}
