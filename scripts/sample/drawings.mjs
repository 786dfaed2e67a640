// Pictures that no photograph in the sample dataset can be: signs and posters with text, charts, product cards, scenes.
import { lettering } from './letters.mjs'

const svg = (width, height, body, background) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${background}"/>${body}</svg>`
const rect = (x, y, w, h, fill, more = '') => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`
const circle = (x, y, r, fill) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`
const shape = (points, fill) => `<polygon points="${points}" fill="${fill}"/>`

function sign(lines, { plate, ink, sky = '#b9d3e6', ground = '#7f8f6a' }) {
  const size = Math.min(58, 500 / Math.max(...lines.map((line) => line.length)))
  const text = lines.map((line, i) => lettering(line, { x: 400, y: 230 - size / 2 + (i - (lines.length - 1) / 2) * (size + 34), size, colour: ink, weight: 1, anchor: 'middle' })).join('')
  return svg(800, 600, rect(0, 430, 800, 170, ground) + rect(376, 330, 48, 270, '#6b6560') + rect(110, 110, 580, 240, plate, 'rx="22"') + rect(124, 124, 552, 212, 'none', `rx="14" stroke="${ink}" stroke-width="6"`) + text, sky)
}

function poster(title, lines, { paper, ink, accent }) {
  const body = lines.map((line, i) => lettering(line, { x: 60, y: 520 + i * 62, size: 30, colour: ink })).join('')
  return svg(600, 800, circle(430, 300, 170, accent) + rect(60, 420, 480, 10, ink) + lettering(title, { x: 60, y: 90, size: 62, colour: ink, weight: 1.1 }) + body, paper)
}

function bars(title, values, { colour, unit }) {
  const top = Math.max(...values.map(([, value]) => value))
  const drawn = values.map(([name, value], i) => {
    const height = (value / top) * 340
    const x = 110 + i * (600 / values.length)
    return rect(x, 500 - height, 420 / values.length, height, colour) + lettering(name, { x: x + 210 / values.length, y: 524, size: 20, anchor: 'middle' }) + lettering(`${value}${unit}`, { x: x + 210 / values.length, y: 500 - height - 30, size: 18, anchor: 'middle' })
  })
  return svg(800, 600, rect(90, 120, 3, 382, '#333') + rect(90, 500, 640, 3, '#333') + lettering(title, { x: 90, y: 50, size: 32 }) + drawn.join(''), '#ffffff')
}

function line(title, values, colour) {
  const points = values.map((value, i) => `${100 + (i * 600) / (values.length - 1)},${500 - value * 3.4}`)
  return svg(800, 600, [0, 1, 2, 3].map((i) => rect(100, 160 + i * 113, 600, 1, '#cccccc')).join('') + rect(100, 500, 620, 3, '#333') + `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="7"/>` + points.map((point) => circle(...point.split(','), 9, colour)).join('') + lettering(title, { x: 100, y: 60, size: 32 }), '#ffffff')
}

const PRODUCTS = {
  mug: (ink) => rect(230, 230, 220, 250, ink, 'rx="26"') + `<path d="M450 280 q110 20 100 90 q-10 70 -100 60" fill="none" stroke="${ink}" stroke-width="34"/>` + `<ellipse cx="340" cy="236" rx="110" ry="22" fill="#00000033"/>`,
  bottle: (ink) => rect(330, 130, 60, 120, ink, 'rx="10"') + `<path d="M330 230 q-60 50 -60 110 v170 q0 20 20 20 h140 q20 0 20 -20 v-170 q0 -60 -60 -110 z" fill="${ink}"/>` + rect(280, 370, 160, 90, '#f5f0e1'),
  lamp: (ink) => shape('300,170 420,170 480,330 240,330', ink) + rect(352, 330, 16, 160, '#5a5048') + `<ellipse cx="360" cy="500" rx="90" ry="18" fill="#5a5048"/>`,
  ball: (ink) => circle(360, 340, 150, ink) + `<path d="M210 340 q150 -70 300 0 M360 190 q-70 150 0 300" fill="none" stroke="#ffffff" stroke-width="10"/>`,
  clock: (ink) => circle(360, 340, 160, ink) + circle(360, 340, 135, '#fbfaf5') + rect(354, 230, 12, 116, '#222') + rect(354, 334, 90, 12, '#222') + [[360, 222], [360, 458], [242, 340], [478, 340]].map(([x, y]) => circle(x, y, 9, '#222')).join(''),
}
function card(thing, ink, name, price) {
  return svg(720, 720, rect(40, 40, 640, 640, '#ffffff', 'rx="18" stroke="#dddddd" stroke-width="3"') + PRODUCTS[thing](ink) + lettering(name, { x: 80, y: 576, size: 30 }) + lettering(price, { x: 80, y: 626, size: 34, colour: '#b3261e', weight: 1 }), '#f1efe9')
}

const sun = (x, y, r = 60) => circle(x, y, r, '#f7c948')
const house = (x, y, wall, roof) => rect(x, y, 200, 150, wall) + shape(`${x - 24},${y} ${x + 100},${y - 96} ${x + 224},${y}`, roof) + rect(x + 78, y + 66, 46, 84, '#5b3a29') + rect(x + 18, y + 40, 42, 42, '#bfe3f5') + rect(x + 142, y + 40, 42, 42, '#bfe3f5')
const tree = (x, y, leaf = '#2f6b3a') => rect(x - 9, y, 18, 90, '#6b4a2f') + circle(x, y - 30, 58, leaf)
const boat = (x, y, hull) => shape(`${x},${y} ${x + 210},${y} ${x + 170},${y + 54} ${x + 40},${y + 54}`, hull) + rect(x + 100, y - 170, 7, 170, '#5a4636') + shape(`${x + 112},${y - 165} ${x + 112},${y - 18} ${x + 205},${y - 18}`, '#fbfaf5')

/** name → SVG. The pictures that people would call graphics, screenshots or simple drawings. */
export const drawings = {
  'sign-stop-ahead': sign(['Stop ahead'], { plate: '#f2c230', ink: '#1c1c1c' }),
  'sign-farm-eggs': sign(['Farm eggs', '6 for 2.50'], { plate: '#fbf6e6', ink: '#3b5b2f' }),
  'sign-harbour-closed': sign(['Harbour', 'closed'], { plate: '#b3261e', ink: '#ffffff' }),
  'sign-trail-12-km': sign(['Trail 12 km'], { plate: '#3b5b2f', ink: '#f5f0e1', sky: '#d6e4d1' }),
  'sign-no-parking': sign(['No parking'], { plate: '#ffffff', ink: '#1f4e8c', ground: '#8c8c8c' }),
  'poster-jazz-night': poster('Jazz night', ['Friday 20:00', 'Old mill'], { paper: '#1d2b4f', ink: '#f7e9c3', accent: '#d9632b' }),
  'poster-book-fair': poster('Book fair', ['May 14-16', 'Town hall', 'Free entry'], { paper: '#f3e7cf', ink: '#2a2a2a', accent: '#4f8a8b' }),
  'poster-lost-cat': poster('Lost cat', ['Grey, white paws', 'Call 555 0142'], { paper: '#ffffff', ink: '#1c1c1c', accent: '#9aa0a6' }),
  'chart-rain': bars('Rain in mm', [['Jan', 62], ['Feb', 48], ['Mar', 71], ['Apr', 90]], { colour: '#3b6ea5', unit: '' }),
  'chart-votes': bars('Votes', [['Yes', 58], ['No', 31], ['None', 11]], { colour: '#7a5195', unit: '%' }),
  'chart-visitors': line('Visitors a week', [22, 35, 31, 54, 60, 83], '#c0392b'),
  'chart-price': line('Price of coffee', [40, 44, 41, 58, 71, 69], '#2f6b3a'),
  'card-mug': card('mug', '#c0392b', 'Red mug', '$12.90'),
  'card-bottle': card('bottle', '#2f6b3a', 'Olive oil', '$18.50'),
  'card-lamp': card('lamp', '#e0a030', 'Desk lamp', '$49.00'),
  'card-ball': card('ball', '#d9632b', 'Play ball', '$9.95'),
  'card-clock': card('clock', '#1f4e8c', 'Wall clock', '$35.00'),
  'scene-house-sun': svg(800, 600, rect(0, 420, 800, 180, '#6fa04f') + sun(660, 120) + house(240, 300, '#f3e3c3', '#a8432f') + tree(590, 390), '#a9d6f5'),
  'scene-boat-sea': svg(800, 600, rect(0, 330, 800, 270, '#2f6f9f') + sun(150, 110, 50) + boat(330, 330, '#8c3b2a'), '#cfe8f7'),
  'scene-two-houses': svg(800, 600, rect(0, 440, 800, 160, '#7f9a5f') + house(110, 320, '#e8d5b5', '#4d5a6a') + house(460, 320, '#d8e3ea', '#8a3b2b'), '#dbe9f1'),
  'scene-forest-night': svg(800, 600, rect(0, 430, 800, 170, '#1f2f22') + circle(640, 110, 46, '#f3eec7') + [90, 210, 330, 470, 600, 720].map((x, i) => tree(x, 360 + (i % 2) * 40, '#1f4a2a')).join(''), '#141f3a'),
  'scene-mountain-lake': svg(800, 600, shape('0,380 210,120 420,380', '#6d7a86') + shape('260,380 520,70 800,380', '#57636f') + shape('470,130 520,70 575,130 540,150 520,135 495,150', '#f5f7f8') + rect(0, 380, 800, 220, '#4f86a8'), '#cfe1ee'),
  'scene-three-boats': svg(800, 600, rect(0, 300, 800, 300, '#3b7f9f') + boat(40, 330, '#c0392b') + boat(300, 390, '#2f4f7f') + boat(540, 340, '#3b5b2f'), '#e8f1f5'),
}
