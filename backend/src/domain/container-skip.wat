(module
  (memory (export "memory") 1)
  (global $hour (export "hour") (mut i32) (i32.const 0))
  (func (export "skip") (param $at i32) (param $end i32) (result i32)
    (local $depth i32) (local $role i32) (local $start i32) (local $found i32)
    (local $block v128)
    (loop $outside
      (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const -1))))
      (local.set $role (i32.load8_u (i32.load8_u (local.get $at))))
      (if (i32.eqz (local.get $role)) (then
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $outside)))
      (if (i32.eq (local.get $role) (i32.const 3)) (then
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (local.set $start (local.get $at))
        (loop $inside
          (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const -1))))
          (local.set $block (v128.load (local.get $at)))
          (local.set $found (i8x16.bitmask (v128.or
            (i8x16.eq (local.get $block) (v128.const i8x16 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34))
            (i8x16.eq (local.get $block) (v128.const i8x16 92 92 92 92 92 92 92 92 92 92 92 92 92 92 92 92)))))
          (if (i32.eqz (local.get $found)) (then
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (br $inside)))
          (local.set $at (i32.add (local.get $at) (i32.ctz (local.get $found))))
          (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const -1))))
          (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 92)) (then
            (local.set $at (i32.add (local.get $at) (i32.const 2)))
            (br $inside))))
        (if (i32.and
              (i32.eq (i32.sub (local.get $at) (local.get $start)) (i32.const 2))
              (i32.eq (i32.load16_u (local.get $start)) (i32.const 0x6831)))
          (then (global.set $hour (i32.const 1))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $outside)))
      (if (i32.eq (local.get $role) (i32.const 4)) (then (return (i32.const -1))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (if (i32.eq (local.get $role) (i32.const 1))
        (then (local.set $depth (i32.add (local.get $depth) (i32.const 1))))
        (else
          (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
          (if (i32.eqz (local.get $depth)) (then (return (local.get $at))))))
      (br $outside))
    (unreachable)))
