import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copiedFields } from './copied-fields.ts';

const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

function row(value: Uint8Array, fields = 1): Buffer {
  const frame = Buffer.alloc(6);
  frame.writeInt16BE(fields);
  frame.writeInt32BE(value.length, 2);
  return Buffer.concat([frame, value]);
}
const end = Buffer.from([0xff, 0xff]);

test('the values of a binary COPY come through, wherever its chunks are cut', () => {
  const bytes = fc.uint8Array({ maxLength: 700 });
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 8 }), cuts, (values, lengths) => {
      const copy = Buffer.concat([signature, ...values.map((value) => row(value)), end]);
      const fields = copiedFields();
      const got: Buffer[] = [];
      for (let at = 0, n = 0; at < copy.length; n++) {
        const length = lengths[n % lengths.length] ?? 1;
        got.push(fields(Buffer.from(copy.subarray(at, at + length))));
        at += length;
      }
      expect(Buffer.concat(got)).toEqual(Buffer.concat(values));
    }),
  );
});

test('a copy of two columns is refused, not run together', () => {
  expect(() => copiedFields()(Buffer.concat([signature, row(Buffer.from('a'), 2)]))).toThrow('2 columns');
});
