;; What takes time. First c = a b in 32-bit floats, four rows of a by eight columns of b at a time.
;; a: rows x inner, row after row; rows a multiple of 4. b: inner rows, each where the table says: of a convolution these
;; are the same picture, shifted, so that nothing is copied. c: rows x (8 panels), row after row. All addresses in bytes.
;; relaxed_madd, w x b + s, is one instruction where the processor has one; for browsers without it the second module of
;; kernel.js has two in its place.
(module
  (memory (export "memory") 256)
  (func (export "multiply")
    (param $a i32) (param $table i32) (param $c i32) (param $rows i32) (param $inner i32) (param $panels i32)
    (local $step i32) (local $stride i32) (local $panel i32) (local $column i32) (local $row i32) (local $k i32)
    (local $pa i32) (local $pb i32) (local $pc i32) (local $entry i32)
    (local $left v128) (local $right v128) (local $w v128)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (local $t0 v128) (local $t1 v128) (local $t2 v128) (local $t3 v128)
    (local.set $step (i32.shl (local.get $inner) (i32.const 2)))      ;; from a row of a to the next
    (local.set $stride (i32.shl (local.get $panels) (i32.const 5)))   ;; from a row of c to the next
    (loop $each_panel
      (local.set $pa (local.get $a))
      (local.set $column (i32.shl (local.get $panel) (i32.const 5)))
      (local.set $pc (i32.add (local.get $c) (local.get $column)))
      (local.set $row (i32.const 0))
      (loop $each_four_rows
        (local.set $s0 (v128.const f32x4 0 0 0 0)) (local.set $t0 (v128.const f32x4 0 0 0 0))
        (local.set $s1 (v128.const f32x4 0 0 0 0)) (local.set $t1 (v128.const f32x4 0 0 0 0))
        (local.set $s2 (v128.const f32x4 0 0 0 0)) (local.set $t2 (v128.const f32x4 0 0 0 0))
        (local.set $s3 (v128.const f32x4 0 0 0 0)) (local.set $t3 (v128.const f32x4 0 0 0 0))
        (local.set $entry (local.get $table))
        (local.set $k (local.get $inner))
        (loop $each_term
          (local.set $pb (i32.add (i32.load (local.get $entry)) (local.get $column)))
          (local.set $left (v128.load (local.get $pb)))
          (local.set $right (v128.load offset=16 (local.get $pb)))
          (local.set $w (v128.load32_splat (local.get $pa)))
          (local.set $s0 (f32x4.relaxed_madd (local.get $w) (local.get $left) (local.get $s0)))
          (local.set $t0 (f32x4.relaxed_madd (local.get $w) (local.get $right) (local.get $t0)))
          (local.set $w (v128.load32_splat (i32.add (local.get $pa) (local.get $step))))
          (local.set $s1 (f32x4.relaxed_madd (local.get $w) (local.get $left) (local.get $s1)))
          (local.set $t1 (f32x4.relaxed_madd (local.get $w) (local.get $right) (local.get $t1)))
          (local.set $w (v128.load32_splat (i32.add (local.get $pa) (i32.shl (local.get $step) (i32.const 1)))))
          (local.set $s2 (f32x4.relaxed_madd (local.get $w) (local.get $left) (local.get $s2)))
          (local.set $t2 (f32x4.relaxed_madd (local.get $w) (local.get $right) (local.get $t2)))
          (local.set $w (v128.load32_splat (i32.add (local.get $pa) (i32.mul (local.get $step) (i32.const 3)))))
          (local.set $s3 (f32x4.relaxed_madd (local.get $w) (local.get $left) (local.get $s3)))
          (local.set $t3 (f32x4.relaxed_madd (local.get $w) (local.get $right) (local.get $t3)))
          (local.set $pa (i32.add (local.get $pa) (i32.const 4)))
          (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
          (br_if $each_term (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
        (v128.store (local.get $pc) (local.get $s0)) (v128.store offset=16 (local.get $pc) (local.get $t0))
        (local.set $pc (i32.add (local.get $pc) (local.get $stride)))
        (v128.store (local.get $pc) (local.get $s1)) (v128.store offset=16 (local.get $pc) (local.get $t1))
        (local.set $pc (i32.add (local.get $pc) (local.get $stride)))
        (v128.store (local.get $pc) (local.get $s2)) (v128.store offset=16 (local.get $pc) (local.get $t2))
        (local.set $pc (i32.add (local.get $pc) (local.get $stride)))
        (v128.store (local.get $pc) (local.get $s3)) (v128.store offset=16 (local.get $pc) (local.get $t3))
        (local.set $pc (i32.add (local.get $pc) (local.get $stride)))
        (local.set $pa (i32.add (local.get $pa) (i32.mul (local.get $step) (i32.const 3))))  ;; one row's step is done
        (br_if $each_four_rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $rows))))
      (local.set $panel (i32.add (local.get $panel) (i32.const 1)))
      (br_if $each_panel (i32.lt_u (local.get $panel) (local.get $panels)))))

  ;; Planes of side x side, one after another, into the middle of planes of wide x wide, whose margins stay as they are.
  (func (export "pad") (param $from i32) (param $to i32) (param $planes i32) (param $side i32) (param $wide i32)
    (local $margin i32) (local $left i32) (local $x i32) (local $y i32)
    (local.set $margin (i32.shl (i32.sub (local.get $wide) (local.get $side)) (i32.const 2)))  ;; of a row, both sides
    (local.set $left (i32.shr_u (local.get $margin) (i32.const 1)))
    (loop $each_plane
      (local.set $to  ;; over the rows above, and the first one's left margin
        (i32.add (local.get $to) (i32.mul (local.get $left) (i32.add (local.get $wide) (i32.const 1)))))
      (local.set $y (local.get $side))
      (loop $each_row
        (local.set $x (local.get $side))
        (loop $each_pixel
          (f32.store (local.get $to) (f32.load (local.get $from)))
          (local.set $from (i32.add (local.get $from) (i32.const 4)))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))
          (br_if $each_pixel (local.tee $x (i32.sub (local.get $x) (i32.const 1)))))
        (local.set $to (i32.add (local.get $to) (local.get $margin)))
        (br_if $each_row (local.tee $y (i32.sub (local.get $y) (i32.const 1)))))
      (local.set $to  ;; over the rows below, but for the left margin that is passed already
        (i32.add (local.get $to) (i32.mul (local.get $left) (i32.sub (local.get $wide) (i32.const 1)))))
      (br_if $each_plane (local.tee $planes (i32.sub (local.get $planes) (i32.const 1))))))

  ;; Of each of c's rows the side x side pixels, without what stands between lines, plus a bias; none below $least.
  (func (export "crop")
    (param $c i32) (param $to i32) (param $planes i32) (param $side i32) (param $wide i32) (param $stride i32)
    (param $bias i32) (param $least f32)
    (local $from i32) (local $x i32) (local $y i32) (local $margin i32) (local $plus f32)
    (local.set $margin (i32.shl (i32.sub (local.get $wide) (local.get $side)) (i32.const 2)))
    (loop $each_plane
      (local.set $from (local.get $c))
      (local.set $plus (f32.load (local.get $bias)))
      (local.set $y (local.get $side))
      (loop $each_row
        (local.set $x (local.get $side))
        (loop $each_pixel
          (f32.store (local.get $to)
            (f32.max (local.get $least) (f32.add (f32.load (local.get $from)) (local.get $plus))))
          (local.set $from (i32.add (local.get $from) (i32.const 4)))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))
          (br_if $each_pixel (local.tee $x (i32.sub (local.get $x) (i32.const 1)))))
        (local.set $from (i32.add (local.get $from) (local.get $margin)))
        (br_if $each_row (local.tee $y (i32.sub (local.get $y) (i32.const 1)))))
      (local.set $c (i32.add (local.get $c) (local.get $stride)))
      (local.set $bias (i32.add (local.get $bias) (i32.const 4)))
      (br_if $each_plane (local.tee $planes (i32.sub (local.get $planes) (i32.const 1)))))))
