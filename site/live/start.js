// For tests and benchmarks: what a page needs no name for.
window.mnistSr = { COURSE, engine, load, picturesOf, drawStrokes, centreLikeMnist };
