// Eigene Fassung nach der veröffentlichten Beschreibung des Herstellers. EUPL-1.2.
function decodeUplink(input) {
  const bytes = input.bytes;
  switch (input.fPort) {
    case 1:
      return { data: { occupied: bytes[0] & 1 } };
    case 2: {
      const data = { occupied: bytes[0] & 1 };
      if (bytes.length > 1) data.temperature = (bytes[1] << 24) >> 24;
      return { data };
    }
    case 3:
      return bytes.length > 16 ? { data: { occupied: bytes[16] & 1 } } : { errors: ["Nachricht zu kurz"] };
    default:
      return { data: {}, warnings: ["Angaben zum Gerät"] };
  }
}
