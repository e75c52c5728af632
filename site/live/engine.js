// What the package computes, in the browser: degradation, every rung of the ladder, the reader, the scores, the flow.
// Python decides (mnist_sr_helpers/degradation.py, models.py, metrics.py, sampling.py); site/tests/test_engine.py
// compares each of these functions with it. A picture is a square Float32Array, row after row; features add channels:
// {data, channels, side}. Weights are tensors {shape, data} by their names in PyTorch, `w("conv1")` a layer's two.

const SIDE = 28;

function meanSquare(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum / a.length;
}

// --- what takes time, as kernel.wat has it: c = a b, where the `table` has the address of each row of b; planes into
// wider ones, and out of them. All addresses in bytes. ---

const ROOM = 256 * 65536; // bytes, the kernel's whole memory; it never grows, so views of it stay good

function plainKernel() {
  const buffer = new ArrayBuffer(ROOM), floats = new Float32Array(buffer), words = new Int32Array(buffer);
  return {
    memory: { buffer },
    multiply(a, table, c, rows, inner, panels) {
      for (let panel = 0; panel < panels; panel++) {
        for (let row = 0; row < rows; row++) {
          let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
          for (let k = 0, i = a / 4 + row * inner; k < inner; k++, i++) {
            const w = floats[i], j = words[table / 4 + k] / 4 + 8 * panel;
            s0 += w * floats[j]; s1 += w * floats[j + 1]; s2 += w * floats[j + 2]; s3 += w * floats[j + 3];
            s4 += w * floats[j + 4]; s5 += w * floats[j + 5]; s6 += w * floats[j + 6]; s7 += w * floats[j + 7];
          }
          floats.set([s0, s1, s2, s3, s4, s5, s6, s7], c / 4 + (row * panels + panel) * 8);
        }
      }
    },
    pad(from, to, planes, side, wide) {
      const left = (wide - side) / 2;
      for (let plane = 0, i = from / 4; plane < planes; plane++) {
        for (let y = 0, j = to / 4 + (plane * wide + left) * wide + left; y < side; y++, j += wide) {
          for (let x = 0; x < side; x++) floats[j + x] = floats[i++];
        }
      }
    },
    crop(c, to, planes, side, wide, stride, bias, least) {
      for (let plane = 0, j = to / 4; plane < planes; plane++) {
        for (let y = 0, i = (c + plane * stride) / 4; y < side; y++, i += wide) {
          for (let x = 0; x < side; x++) floats[j++] = Math.max(least, floats[i + x] + floats[bias / 4 + plane]);
        }
      }
    },
  };
}

// The first of `kernels` that the browser takes, else the same in plain JavaScript.
function kernelOf(kernels) {
  for (const kernel of typeof WebAssembly === "object" ? kernels : []) {
    const bytes = Uint8Array.from(atob(kernel), (letter) => letter.charCodeAt(0));
    if (!WebAssembly.validate(bytes)) continue;
    try {
      return { ...new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports, name: "WebAssembly" };
    } catch {
      // the page's rules forbid it, or its memory is refused
    }
  }
  return { ...plainKernel(), name: "JavaScript" };
}

function engine(course, operators, kernels = KERNELS) {
  const { memory: { buffer }, multiply, pad, crop, name } = kernelOf(kernels);
  const floats = new Float32Array(buffer), words = new Int32Array(buffer);

  // Convolution of odd size, stride 1, padded with zeros to the same size, no value below `least`. The pixels that a
  // tap of the filter meets are the padded picture from another place on, so each tap is a row of b; columns in the
  // padding are nobody's.
  function convolve({ data, channels, side }, { weight, bias }, least = -Infinity) {
    const [outputs, , size] = weight.shape, wide = side + size - 1, inner = channels * size ** 2;
    const rows = 4 * Math.ceil(outputs / 4), panels = Math.ceil(((side - 1) * wide + side) / 8);
    const table = rows * inner, given = table + inner, planes = given + data.length;
    const c = planes + channels * wide * wide + 8, biases = c + rows * panels * 8, result = biases + outputs;
    const end = result + outputs * side * side;
    if (4 * end > ROOM) throw new Error(`a layer of shape ${weight.shape} is too large for the engine`);
    floats.set(weight.data);
    floats.fill(0, weight.data.length, table); // rows beyond the last output
    for (let channel = 0, entry = table; channel < channels; channel++) {
      for (let dy = 0, from = planes + channel * wide * wide; dy < size; dy++, from += wide) {
        for (let dx = 0; dx < size; dx++) words[entry++] = 4 * (from + dx);
      }
    }
    floats.set(data, given);
    floats.fill(0, planes, c);
    pad(4 * given, 4 * planes, channels, side, wide);
    multiply(0, 4 * table, 4 * c, rows, inner, panels);
    if (bias) floats.set(bias.data, biases);
    else floats.fill(0, biases, result);
    crop(4 * c, 4 * result, outputs, side, wide, 32 * panels, 4 * biases, least);
    return { data: floats.slice(result, end), channels: outputs, side };
  }

  const convolveRelu = (x, layer) => convolve(x, layer, 0);

  // The same of one pixel with as many channels as the vector has values.
  function dense(vector, { weight, bias }, least) {
    const pixel = { data: vector, channels: vector.length, side: 1 };
    return convolve(pixel, { weight: { ...weight, shape: [...weight.shape, 1, 1] }, bias }, least).data;
  }
  const denseRelu = (vector, layer) => dense(vector, layer, 0);

  // Loops, here and below, where a closure called for each value would cost more than the kernel.
  const tanh = (x) => ({ ...x, data: x.data.map(Math.tanh) });
  function add(a, b) {
    if (a.data) return { ...a, data: add(a.data, b.data) };
    const result = new Float32Array(a.length);
    for (let i = 0; i < a.length; i++) result[i] = a[i] + b[i];
    return result;
  }
  const features = (data) => ({ data, channels: 1, side: Math.sqrt(data.length) });

  // Channels to pixels, factor x factor of them a pixel, and the way back.
  function shuffle({ data, channels, side }, factor) {
    const wide = side * factor, result = new Float32Array(data.length);
    for (let channel = 0, from = 0; channel < channels; channel++) {
      const dy = Math.floor(channel / factor) % factor, dx = channel % factor;
      const plane = Math.floor(channel / factor ** 2) * wide * wide;
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) result[plane + (y * factor + dy) * wide + x * factor + dx] = data[from++];
      }
    }
    return result;
  }

  function unshuffle(planes, factor) {
    const wide = Math.sqrt(planes[0].length), side = wide / factor, channels = planes.length * factor ** 2;
    const data = new Float32Array(channels * side * side);
    let to = 0;
    for (const plane of planes) {
      for (let dy = 0; dy < factor; dy++) {
        for (let dx = 0; dx < factor; dx++) {
          for (let y = 0; y < side; y++) {
            for (let x = 0; x < side; x++) data[to++] = plane[(y * factor + dy) * wide + x * factor + dx];
          }
        }
      }
    }
    return { data, channels, side };
  }

  function pool({ data, channels, side }) {
    const half = side / 2, result = new Float32Array(channels * half * half);
    for (let row = 0, to = 0; row < channels * half; row++) { // rows of all channels in turn
      for (let x = 0, at = 2 * row * side; x < half; x++, at += 2) {
        const above = data[at] > data[at + 1] ? data[at] : data[at + 1];
        const below = data[at + side] > data[at + side + 1] ? data[at + side] : data[at + side + 1];
        result[to++] = above > below ? above : below;
      }
    }
    return { data: result, channels, side: half };
  }

  // --- degradation: a kernel is a matrix for one direction, as Python exports it; rows first, then columns ---

  // (matrix x)^T, of an x with so many columns.
  function timesTurned({ data, shape: [high, inner] }, x, columns) {
    const rows = 4 * Math.ceil(high / 4), panels = Math.ceil(columns / 8), wide = 8 * panels;
    const table = rows * inner, from = table + inner, c = from + inner * wide;
    floats.set(data);
    for (let k = 0, at = from, i = 0; k < inner; k++, at += wide) {
      words[table + k] = 4 * at;
      for (let column = 0; column < columns; column++) floats[at + column] = x[i++];
    }
    multiply(0, 4 * table, 4 * c, rows, inner, panels);
    const result = new Float32Array(columns * high);
    for (let column = 0, to = 0; column < columns; column++) {
      for (let row = 0; row < high; row++) result[to++] = floats[c + row * wide + column];
    }
    return result;
  }

  const separable = (matrix, x) => timesTurned(matrix, timesTurned(matrix, x, matrix.shape[1]), matrix.shape[0]);

  const quantise = (x) => x.map((v) => {
    const level = Math.fround(Math.min(1, Math.max(0, v)) * 255), whole = Math.floor(level);
    const up = level - whole > 0.5 || (level - whole === 0.5 && whole % 2 === 1); // halves go to the even one
    return (whole + up) / 255;
  });

  function downsample(x, factor, kernel = "bicubic", antialias = true) {
    return factor === 1 ? x.slice() : separable(operators.get(`down/${kernel}/${antialias}/${factor}`), x);
  }

  function upsample(y, factor, kernel = "bicubic") {
    return factor === 1 ? y.slice() : separable(operators.get(`up/${kernel}/${factor}`), y);
  }

  // What a file would hold with `file`; `noise`, a picture of the low resolution's size, is added before.
  function degrade(x, { factor, kernel = "bicubic", antialias = true, file = false, noise = null }) {
    const low = downsample(x, factor, kernel, antialias), noisy = noise ? add(low, noise) : low;
    return file ? quantise(noisy) : noisy;
  }

  // --- the rungs: from low resolution to 28 x 28, not clipped ---

  const simple = (x, w) => convolve(convolveRelu(x, w("conv1")), w("conv2"));
  const inside = (w, prefix) => (part) => w(`${prefix}.${part}`);
  const first = (y, factor, w) => simple(features(upsample(y, factor)), w).data;
  const last = (y, factor, w) => shuffle(simple(features(y), w), factor);
  const signed = (repair) => (y, factor, w) =>
    repair(y.map((v) => 2 * v - 1), factor, w).map((v) => (v + 1) / 2);
  const residual = (body) => (y, factor, w) => {
    const enlarged = upsample(y, factor);
    return add(enlarged, body(features(enlarged), inside(w, "body")).data);
  };
  const chain = (...layers) => (x, w) =>
    layers.reduce((now, layer, i) => (i < layers.length - 1 ? convolveRelu : convolve)(now, w(String(layer))), x);
  const block = (x, w) => add(x, simple(x, w));

  const networks = {
    article_first: signed((y, factor, w) => first(y, factor, inside(inside(w, "body"), "body"))),
    article_last: signed((y, factor, w) => last(y, factor, inside(w, "body"))),
    enlarge_first: (y, factor, w) => first(y, factor, inside(w, "body")),
    enlarge_last: last,
    residual: residual(simple),
    wide: residual(chain(0, 2, 4)),
    narrow: residual(chain(0, 2, 4, 6, 8, 10, 12, 14)),
    srcnn(y, factor, w) {
      const x = convolveRelu(features(upsample(y, factor)), w("conv1"));
      return convolve(convolveRelu(x, w("conv2")), w("conv3")).data;
    },
    mlp(y, factor, w) {
      const hidden = denseRelu(y, w("first"));
      return add(upsample(y, factor), dense(add(hidden, denseRelu(hidden, w("second"))), w("last")));
    },
    espcn(y, factor, w) {
      const x = tanh(convolve(features(y), w("conv1")));
      return shuffle(convolve(tanh(convolve(x, w("conv2"))), w("conv3")), factor);
    },
    edsr(y, factor, w) {
      const shallow = convolve(features(y), w("head"));
      let x = shallow;
      for (let i = 0; w(`blocks.${i}.conv1`).weight; i++) x = block(x, inside(w, `blocks.${i}`));
      return add(upsample(y, factor), shuffle(convolve(add(shallow, x), w("tail")), factor));
    },
  };

  // The `k` of `images` whose low resolutions are nearest to `y`, nearest first; `known` from `lows`.
  function nearest(y, { images, small }, k) {
    const apart = small.map((low, i) => [meanSquare(low, y), i]);
    return apart.sort((a, b) => a[0] - b[0]).slice(0, k).map(([, i]) => images[i]);
  }
  const lows = (images, factor) => ({ images, small: images.map((image) => downsample(image, factor)) });

  function lookAlikes(y, known, k = 10) {
    const mean = new Float32Array(SIDE * SIDE);
    for (const image of nearest(y, known, k)) image.forEach((v, j) => (mean[j] += v / k));
    return mean;
  }

  // The rung `name` of the course's ladder. `tensors` holds what `course.needs[name]` names; see files.js.
  function restore(rung, y, factor, tensors) {
    if (rung === "bicubic") return upsample(y, factor);
    if (rung === "pseudo-inverse") return separable(operators.get(`inverse/${factor}`), y);
    if (rung === "mean of 10 look-alikes") return lookAlikes(y, tensors);
    const key = course.keys[rung];
    return rung === "linear MMSE" ? dense(y, layer(tensors, key)("")) : network(key, key, y, factor, tensors);
  }

  // A network of one of the kinds above, whose weights stand under `key`.
  const network = (kind, key, y, factor, tensors) => networks[kind](y, factor, layer(tensors, key));

  // A layer of the network `key` by name: {weight, bias}.
  const layer = (tensors, key) => (part) => {
    const [weight, bias] = ["weight", "bias"].map((kind) => tensors.get(`${key}/${part && `${part}.`}${kind}`));
    return { weight, bias };
  };

  function clip(x) {
    const result = new Float32Array(x.length);
    for (let i = 0; i < x.length; i++) result[i] = x[i] > 1 ? 1 : x[i] > 0 ? x[i] : 0;
    return result;
  }

  // The picture nearest to `x` whose low resolution is `y`. The pseudo-inverse of a separable degradation is separable.
  function project(x, y, factor) {
    const missing = downsample(x, factor);
    for (let i = 0; i < y.length; i++) missing[i] = y[i] - missing[i];
    return add(x, separable(operators.get(`inverse/${factor}`), missing));
  }

  // A picture in [0, 1] that begins as `start` and ends with the low resolution `y`, or near it.
  function forge(start, y, factor, steps = 200) {
    let x = clip(start);
    for (let step = 0; step < steps; step++) x = clip(project(x, y, factor));
    return x;
  }

  // --- scores ---

  const psnr = (a, b) => -10 * Math.log10(meanSquare(a, b)); // Infinity for the same picture

  const WINDOW = Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * 1.5 ** 2)));
  const MASS = WINDOW.reduce((a, b) => a + b);

  // A picture seen through SSIM's window, in float64, where the window fits whole.
  function blurred(x) {
    const side = Math.sqrt(x.length), left = side - 10, across = new Float64Array(side * left);
    const result = new Float64Array(left * left);
    for (let i = 0; i < across.length; i++) {
      for (let k = 0; k < 11; k++) across[i] += (WINDOW[k] / MASS) * x[Math.floor(i / left) * side + (i % left) + k];
    }
    for (let i = 0; i < result.length; i++) {
      for (let k = 0; k < 11; k++) result[i] += (WINDOW[k] / MASS) * across[i + k * left];
    }
    return result;
  }

  function ssim(a, b) {
    const x = Float64Array.from(a), y = Float64Array.from(b);
    const products = [x.map((v) => v * v), y.map((v) => v * v), x.map((v, i) => v * y[i])];
    const [mx, my, xx, yy, xy] = [x, y, ...products].map(blurred);
    const c1 = 0.01 ** 2, c2 = 0.03 ** 2;
    const all = mx.map((m, i) => {
      const n = my[i], structure = (2 * (xy[i] - m * n) + c2) / (xx[i] - m * m + (yy[i] - n * n) + c2);
      return ((2 * m * n + c1) / (m * m + n * n + c1)) * structure;
    });
    return all.reduce((sum, v) => sum + v) / all.length;
  }

  // Ten scores; `read` gives the label and the share of the vote (softmax). Pictures are clipped first.
  function scores(x, tensors) {
    const w = layer(tensors, "reader");
    const small = pool(convolveRelu(features(clip(x)), w("features.0")));
    const seen = convolveRelu(pool(convolveRelu(small, w("features.3"))), w("features.6"));
    return dense(denseRelu(seen.data, w("head.1")), w("head.3"));
  }

  function read(x, tensors) {
    const all = Array.from(scores(x, tensors)), top = Math.max(...all);
    return { label: all.indexOf(top), share: 1 / all.reduce((sum, v) => sum + Math.exp(v - top), 0) };
  }

  // --- the flow: pictures in [-1, 1] while on the way ---

  const toSigned = (x) => x.map((v) => 2 * v - 1), toShown = (z) => z.map((v) => (v + 1) / 2);
  const blend = (x, a, y, b) => x.map((v, i) => a * v + b * y[i]);

  // A guess of the digit from a picture on the way: `clue` from `clues`, `t` from 0 to 1. It has the low resolution.
  function guess(z, t, clue, factor, tensors) {
    const w = layer(tensors, "flow"), spread = course.spreads[factor], { low, told } = clue, [mean] = told;
    const strength = Math.sqrt((1 - t) ** 2 + (spread * t) ** 2);
    const shown = z.map((v, i) => (v - t * mean[i]) / strength);
    let x = convolve(unshuffle([shown, ...told], 4), w("head"));
    const waves = Float32Array.from({ length: 16 }, (_, i) => Math.cos(Math.PI * i * Math.sqrt(1 - t)));
    const changes = dense(dense(waves, w("time.0")).map((v) => v / (1 + Math.exp(-v))), w("time.2"));
    const { channels, side } = x, pixels = side * side;
    for (let i = 0; i < 4; i++) {
      const scale = changes.subarray(2 * i * channels), shift = changes.subarray((2 * i + 1) * channels);
      const changed = x.data.map((v, at) => v * (1 + scale[Math.floor(at / pixels)]) + shift[Math.floor(at / pixels)]);
      x = block({ ...x, data: changed }, inside(w, `blocks.${i}`));
    }
    const correction = shuffle(convolve(x, w("tail")), 4);
    const normal = blend(mean, 1, shown, (spread ** 2 * t) / strength);
    const learnt = blend(normal, 1, correction, (spread * (1 - t)) / strength);
    return toSigned(project(toShown(learnt), low, factor));
  }

  const clues = (low, factor, tensors) =>
    ({ low, told: [restore("EDSR-like", low, factor, tensors), upsample(low, factor)].map(toSigned) });

  // One picture after another from noise `z` to a sample, with the guess at each, by Heun's method.
  function* follow(z, clue, factor, tensors, steps) {
    const time = (i) => 1 - (1 - i / steps) ** 2, velocity = (x, at, t) => blend(at, 1 / (1 - t), x, -1 / (1 - t));
    for (let i = 0; i < steps; i++) {
      const now = time(i), then = time(i + 1), guessed = guess(z, now, clue, factor, tensors);
      yield { z, guess: guessed };
      let way = velocity(z, guessed, now);
      if (i < steps - 1) {
        const ahead = blend(z, 1, way, then - now);
        way = blend(way, 0.5, velocity(ahead, guess(ahead, then, clue, factor, tensors), then), 0.5);
      }
      z = blend(z, 1, way, then - now);
    }
    yield { z, guess: z };
  }

  // The ink that lies beside ink: what is faint or alone is noise that the last steps left.
  function withoutSpecks(x) {
    const lit = (row, column) => row >= 0 && row < SIDE && column >= 0 && column < SIDE
      && x[row * SIDE + column] >= course.alone;
    return x.map((v, i) => {
      const row = Math.floor(i / SIDE), column = i % SIDE;
      for (let at = 0; at < 9 && v >= course.faint; at++) {
        if (at !== 4 && lit(row + Math.floor(at / 3) - 1, column + (at % 3) - 1)) return v;
      }
      return 0;
    });
  }

  // Where the way ends, as a digit without specks whose low resolution is near `low`.
  function settled(x, low, factor) {
    for (let i = 0; i < 3; i++) x = withoutSpecks(clip(project(x, low, factor)));
    return x;
  }

  return {
    name, downsample, upsample, degrade, restore, network, lows, nearest, forge, clip, psnr, ssim, scores, read,
    clues, guess, follow, toShown, settled,
  };
}
