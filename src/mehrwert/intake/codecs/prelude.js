// What a codec finds besides the language: module, console and the part of Buffer that codecs use.
// Returns a function that wraps the codec's functions: text of the call in, text of the result out.
(function () {
  "use strict";
  const parse = JSON.parse, stringify = JSON.stringify, ClockDate = Date, text = String;
  const isArray = Array.isArray;

  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;
  const silent = function () {};
  globalThis.console = { log: silent, info: silent, warn: silent, error: silent, debug: silent };

  const HEX = "0123456789abcdef";
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  function fromBase64(given) {
    const out = [];
    let bits = 0, held = 0;
    for (const letter of given.replace(/-/g, "+").replace(/_/g, "/")) {
      const value = ALPHABET.indexOf(letter);
      if (value < 0) continue;
      held = (held << 6) | value;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        out.push((held >> bits) & 255);
      }
    }
    return out;
  }

  function fromUtf8(given) {
    const out = [];
    for (const letter of given) {
      const code = letter.codePointAt(0);
      if (code < 0x80) out.push(code);
      else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
    return out;
  }

  function bytesOf(given, encoding) {
    if (typeof given !== "string") return given;
    switch (encoding) {
      case "hex": {
        const out = [];
        for (let i = 0; i + 1 < given.length; i += 2) out.push(parseInt(given.substr(i, 2), 16));
        return out;
      }
      case "base64": return fromBase64(given);
      case "ascii": case "latin1": case "binary":
        return Array.from(given, (letter) => letter.charCodeAt(0) & 255);
      default: return fromUtf8(given);
    }
  }

  class Buffer extends Uint8Array {
    static from(given, encoding) {
      const bytes = bytesOf(given, encoding);
      if (bytes instanceof ArrayBuffer) return new Buffer(bytes);
      const made = new Buffer(bytes.length);
      made.set(bytes);
      return made;
    }
    static alloc(size, fill) { return new Buffer(size).fill(fill || 0); }
    static isBuffer(given) { return given instanceof Buffer; }
    static concat(list) { return Buffer.from(list.flatMap((part) => Array.from(part))); }
    slice(start, end) { return this.subarray(start, end); }
    toString(encoding, start, end) {
      const part = Array.from(this.subarray(start || 0, end === undefined ? this.length : end));
      switch (encoding) {
        case "hex": return part.map((byte) => HEX[byte >> 4] + HEX[byte & 15]).join("");
        case "base64": {
          let out = "";
          for (let i = 0; i < part.length; i += 3) {
            const held = (part[i] << 16) | ((part[i + 1] || 0) << 8) | (part[i + 2] || 0);
            out += ALPHABET[held >> 18] + ALPHABET[(held >> 12) & 63];
            out += i + 1 < part.length ? ALPHABET[(held >> 6) & 63] : "=";
            out += i + 2 < part.length ? ALPHABET[held & 63] : "=";
          }
          return out;
        }
        case "ascii": return part.map((byte) => String.fromCharCode(byte & 127)).join("");
        case "latin1": case "binary": return part.map((byte) => String.fromCharCode(byte)).join("");
        default: return decodeURIComponent(escape(part.map((byte) => String.fromCharCode(byte)).join("")));
      }
    }
    toJSON() { return { type: "Buffer", data: Array.from(this) }; }
    equals(other) { return this.length === other.length && this.every((byte, i) => byte === other[i]); }
    readUIntBE(at, n) { let value = 0; for (let i = 0; i < n; i++) value = value * 256 + this._at(at + i); return value; }
    readUIntLE(at, n) { let value = 0; for (let i = n; i--;) value = value * 256 + this._at(at + i); return value; }
    readIntBE(at, n) { const value = this.readUIntBE(at, n), half = 2 ** (8 * n - 1); return value < half ? value : value - 2 * half; }
    readIntLE(at, n) { const value = this.readUIntLE(at, n), half = 2 ** (8 * n - 1); return value < half ? value : value - 2 * half; }
    _at(at) { if (!(at >= 0 && at < this.length)) throw new RangeError("Index out of range"); return this[at]; }
    _view(at, n) { this._at(at + n - 1); return new DataView(this.buffer, this.byteOffset + at, n); }
    readFloatBE(at = 0) { return this._view(at, 4).getFloat32(0, false); }
    readFloatLE(at = 0) { return this._view(at, 4).getFloat32(0, true); }
    readDoubleBE(at = 0) { return this._view(at, 8).getFloat64(0, false); }
    readDoubleLE(at = 0) { return this._view(at, 8).getFloat64(0, true); }
    readBigInt64BE(at = 0) { return this._view(at, 8).getBigInt64(0, false); }
    readBigInt64LE(at = 0) { return this._view(at, 8).getBigInt64(0, true); }
    readBigUInt64BE(at = 0) { return this._view(at, 8).getBigUint64(0, false); }
    readBigUInt64LE(at = 0) { return this._view(at, 8).getBigUint64(0, true); }
  }
  for (const [name, n] of [["8", 1], ["16", 2], ["32", 4]]) {
    for (const end of n === 1 ? [""] : ["BE", "LE"]) {
      const order = end || "BE";
      for (const word of ["UInt", "Uint"]) {
        Buffer.prototype["read" + word + name + end] = function (at = 0) { return this["readUInt" + order](at, n); };
      }
      Buffer.prototype["readInt" + name + end] = function (at = 0) { return this["readInt" + order](at, n); };
    }
  }
  globalThis.Buffer = Buffer;

  function listOf(given) {
    const list = given === undefined || given === null ? [] : isArray(given) ? given : [given];
    return list.map((item) => (item instanceof Error ? item.message : text(item)));
  }

  function answer(result) {
    if (result === null || typeof result !== "object") throw new TypeError("no object returned");
    return { data: result.data, warnings: listOf(result.warnings), errors: listOf(result.errors) };
  }

  return function wrap(found) {
    const [decodeUplink, normalizeUplink, Decode, Decoder] = found;
    function decode(call) {
      const bytes = call.bytes, fPort = call.fPort;
      if (decodeUplink) {
        const recvTime = new ClockDate(call.recvTime);
        return answer(decodeUplink({ bytes, fPort, recvTime, variables: call.variables }));
      }
      const data = Decode ? Decode(fPort, bytes, call.variables) : Decoder(bytes, fPort);
      return { data, warnings: [], errors: [] };
    }
    return function run(given) {
      try {
        const result = decode(parse(given));
        if (normalizeUplink && result.data !== undefined && !result.errors.length) {
          const normal = answer(normalizeUplink({ data: result.data }));
          result.normalized = normal.data;
          result.warnings = result.warnings.concat(normal.warnings);
        }
        return stringify(result);
      } catch (error) {
        return stringify({ thrown: text(error).slice(0, 500) });
      }
    };
  };
})();
