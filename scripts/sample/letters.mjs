// Lettering of our own, as strokes on a grid 4 wide and 6 high, so that the drawn pictures look alike on machines that
// have no fonts. Small letters are drawn as capitals.
const O = 'M2 0C.8 0 0 1.2 0 3S.8 6 2 6S4 4.8 4 3S3.2 0 2 0Z'
const P = 'M0 6V0H2.4C3.5 0 4 .7 4 1.6S3.5 3.2 2.4 3.2H0'
const STROKES = {
  A: 'M0 6L2 0L4 6M.8 4H3.2',
  B: 'M0 0V6H2.4C3.5 6 4 5.3 4 4.5S3.5 3 2.4 3H0M2.2 3C3.2 3 3.7 2.3 3.7 1.5S3.2 0 2.2 0H0',
  C: 'M3.8 1.2C3.2 .3 2.6 0 2 0C.8 0 0 1.2 0 3S.8 6 2 6C2.6 6 3.2 5.7 3.8 4.8',
  D: 'M0 0V6H1.6C3.2 6 4 4.8 4 3S3.2 0 1.6 0Z',
  E: 'M3.8 0H0V6H3.8M0 3H3',
  F: 'M3.8 0H0V6M0 3H3',
  G: 'M3.8 1.2C3.2 .3 2.6 0 2 0C.8 0 0 1.2 0 3S.8 6 2 6C3.2 6 4 5.2 4 3.4H2.2',
  H: 'M0 0V6M4 0V6M0 3H4',
  I: 'M.5 0V6',
  J: 'M3 0V4.4C3 5.6 2.4 6 1.6 6S.2 5.6 0 4.6',
  K: 'M0 0V6M4 0L0 3.6M1.4 2.4L4 6',
  L: 'M0 0V6H3.6',
  M: 'M0 6V0L2.5 4L5 0V6',
  N: 'M0 6V0L4 6V0',
  O,
  P,
  Q: `${O}M2.6 4.4L4.2 6.3`,
  R: `${P}M2 3.2L4 6`,
  S: 'M3.7 1C3.3 .3 2.7 0 2 0C.9 0 .2 .6 .2 1.5C.2 2.5 1 2.8 2 3S3.8 3.5 3.8 4.5C3.8 5.4 3.1 6 2 6C1.2 6 .5 5.6 .1 4.9',
  T: 'M0 0H4M2 0V6',
  U: 'M0 0V4C0 5.3 .8 6 2 6S4 5.3 4 4V0',
  V: 'M0 0L2 6L4 0',
  W: 'M0 0L1.4 6L2.75 1.4L4.1 6L5.5 0',
  X: 'M0 0L4 6M4 0L0 6',
  Y: 'M0 0L2 3L4 0M2 3V6',
  Z: 'M0 0H4L0 6H4',
  0: O,
  1: 'M.6 1.2L2 0V6',
  2: 'M.2 1.5C.3 .5 1 0 2 0C3.1 0 3.8 .6 3.8 1.6C3.8 2.6 3 3.4 0 6H4',
  3: 'M.2 .9C.7 .2 1.3 0 2 0C3 0 3.6 .6 3.6 1.5S3 2.9 1.6 2.9C3.2 2.9 3.9 3.5 3.9 4.4C3.9 5.4 3.1 6 2 6C1.1 6 .4 5.6 0 4.9',
  4: 'M3 6V0L0 4.2H4',
  5: 'M3.6 0H.6L.3 2.8C.8 2.4 1.4 2.2 2 2.2C3.2 2.2 4 3 4 4.1C4 5.3 3.1 6 2 6C1.2 6 .5 5.7 0 5.1',
  6: 'M3.4 .4C1.6 -.4 0 1.4 0 3.9C0 5.2 .8 6 2 6S4 5.2 4 4.1S3.2 2.3 2.1 2.3C1.1 2.3 .3 2.9 0 3.8',
  7: 'M0 0H4L1.4 6',
  8: 'M2 2.8C.9 2.8 .4 2.2 .4 1.4C.4 .5 1.1 0 2 0S3.6 .5 3.6 1.4C3.6 2.2 3.1 2.8 2 2.8C.7 2.8 0 3.5 0 4.4C0 5.4 .8 6 2 6S4 5.4 4 4.4C4 3.5 3.3 2.8 2 2.8Z',
  9: 'M.6 5.6C2.4 6.4 4 4.6 4 2.1C4 .8 3.2 0 2 0S0 .8 0 1.9S.8 3.7 1.9 3.7C2.9 3.7 3.7 3.1 4 2.2',
  '%': 'M4 0L0 6M.9 0C.4 0 0 .4 0 1S.4 2 .9 2S1.8 1.6 1.8 1S1.4 0 .9 0ZM3.1 4C2.6 4 2.2 4.4 2.2 5S2.6 6 3.1 6S4 5.6 4 5S3.6 4 3.1 4Z',
  $: 'M3.7 1C3.3 .3 2.7 0 2 0C.9 0 .2 .6 .2 1.5C.2 2.5 1 2.8 2 3S3.8 3.5 3.8 4.5C3.8 5.4 3.1 6 2 6C1.2 6 .5 5.6 .1 4.9M2 -.7V6.7',
  '.': 'M.2 5.95V6',
  ',': 'M.5 5.7L.1 6.8',
  '-': 'M.4 3.2H2.6',
  '/': 'M0 6.4L2.6 -.4',
  ':': 'M.2 2V2.05M.2 5V5.05',
  '+': 'M.2 3H3.4M1.8 1.4V4.6',
}
const WIDTH = { I: 1, M: 5, W: 5.5, '.': 0.4, ',': 0.6, '-': 3, '/': 2.6, ':': 0.4, '+': 3.6, J: 3, ' ': 2 }
const GAP = 1.3
const widthOf = (text) => [...text].reduce((sum, letter) => sum + (WIDTH[letter] ?? 4) + GAP, -GAP)

/** One line of lettering as SVG: `x` is its left edge, or its middle with `anchor: 'middle'`; `y` its top; `size` its height. */
export function lettering(text, { x, y, size, colour = '#1c1c1c', weight = 0.85, anchor = 'start' }) {
  const line = text.toUpperCase()
  const unit = size / 6
  let at = anchor === 'middle' ? -widthOf(line) / 2 : 0
  const strokes = [...line].map((letter) => {
    const drawn = STROKES[letter] ? `<path transform="translate(${at.toFixed(2)} 0)" d="${STROKES[letter]}"/>` : ''
    at += (WIDTH[letter] ?? 4) + GAP
    return drawn
  })
  return `<g transform="translate(${x} ${y}) scale(${unit})" fill="none" stroke="${colour}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round">${strokes.join('')}</g>`
}
