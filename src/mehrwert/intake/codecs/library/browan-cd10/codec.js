// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
function decodeUplink(input) {
  const bytes = input.bytes;
  if (input.fPort !== 127) return { errors: ["unbekannter fPort " + input.fPort] };
  if (bytes.length < 6) return { errors: ["Nachricht zu kurz"] };
  return {
    data: {
      battery_voltage: (21 + (bytes[1] & 15)) / 10,
      air_temperature: (bytes[2] << 24) >> 24,
      air_humidity: bytes[3] & 127,
      co2: bytes[4] + bytes[5] * 256,
      threshold_exceeded: (bytes[0] >> 4) & 1,
    },
  };
}
