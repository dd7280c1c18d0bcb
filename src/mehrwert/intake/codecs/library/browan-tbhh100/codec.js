// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
function decodeUplink(input) {
  const bytes = input.bytes;
  if (input.fPort !== 103) return { errors: ["unbekannter fPort " + input.fPort] };
  if (bytes.length < 4) return { errors: ["Nachricht zu kurz"] };
  return {
    data: {
      battery_voltage: (25 + (bytes[1] & 15)) / 10,
      air_temperature: (bytes[2] & 127) - 32,
      air_humidity: bytes[3] & 127,
    },
  };
}
