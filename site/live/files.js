// The site's data: classic scripts beside live.js, since from file:// a browser refuses fetch and modules. Each hands
// over a safetensors file, gzipped, as base64; gzip's checksum tells when it is damaged. A phone page holds its own.

const FOLDER = new URL(".", document.currentScript.src || location.href).href;
const arrived = new Map(); // text by name
const loading = new Map(); // promises of tensors by name

window.mnistSrData = (name, text) => arrived.set(name, text);

// Tensors by name, of the file `name`: loaded once, when it is first asked for; a failure names the file.
function load(name) {
  if (!loading.has(name)) {
    const wanted = fetchScript(name).then(unpack).catch((error) => {
      loading.delete(name); // a later move tries again
      throw new Error(`${name}.js ${error.message}`);
    });
    loading.set(name, wanted);
  }
  return loading.get(name);
}

function fetchScript(name) {
  if (arrived.has(name)) return Promise.resolve(taken(name));
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = `${FOLDER}${name}.js?v=${COURSE.version}`; // or a browser may keep those of an older site
    script.onerror = () => fail(new Error("could not be loaded. Load the page again."));
    script.onload = () => {
      const text = taken(name);
      if (text) done(text);
      else fail(new Error("is damaged: it hands over nothing. Load the page again."));
    };
    document.head.append(script);
  });
}

function taken(name) {
  const text = arrived.get(name);
  arrived.delete(name); // the tensors are kept, the text is not
  return text;
}

async function unpack(text) {
  if (typeof DecompressionStream === "undefined") throw new Error("needs a newer browser, of 2023 or later.");
  try {
    const letters = atob(text), packed = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) packed[i] = letters.charCodeAt(i);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return tensorsOf(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new Error(`is damaged (${error.message}). Load the page again; if that doesn't help, build the site again.`);
  }
}

// safetensors: 8 bytes with the header's length, the header as JSON, the values. Halves become floats.
function tensorsOf(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const tensors = new Map();
  for (const [name, { dtype, shape, data_offsets: ends }] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const bytes = buffer.slice(...ends.map((end) => 8 + length + end)); // a copy, since offsets need not be aligned
    const values = { F32: Float32Array, F16: Uint16Array, U8: Uint8Array }[dtype];
    const data = new values(bytes);
    if (data.length !== shape.reduce((a, b) => a * b, 1)) throw new Error(`${name} has a wrong number of values`);
    tensors.set(name, { shape, data: dtype === "F16" ? Float32Array.from(data, half) : data });
  }
  return tensors;
}

// A 16-bit float's value.
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

// Pictures of 8 bit as floats from 0 to 1.
function picturesOf({ shape, data }) {
  const size = SIDE * SIDE;
  const picture = (i) => Float32Array.from(data.subarray(i * size, (i + 1) * size), (level) => level / 255);
  return Array.from({ length: shape[0] }, (_, i) => picture(i));
}
