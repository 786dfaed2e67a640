import { formatPercent } from '../ui/numbers'

type Props = { curve: readonly { share: number; accepted: number }[]; limit: number; risk: number }
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [420, 190, 44, 22, 12, 38]

/** The operating characteristic: how often a batch with a true share of bad captions would be certified. */
export function Characteristic({ curve, limit, risk }: Props) {
  const to = curve[curve.length - 1]?.share || 1
  const x = (share: number) => LEFT + (share / to) * (WIDTH - LEFT - RIGHT)
  const y = (chance: number) => TOP + (1 - chance) * (HEIGHT - TOP - BOTTOM)
  const line = curve.map((point, i) => `${i ? 'L' : 'M'}${x(point.share).toFixed(1)} ${y(point.accepted).toFixed(1)}`).join('')
  const half = curve.reduce((best, point) => (Math.abs(point.share - limit / 2) < Math.abs(best.share - limit / 2) ? point : best), curve[0])
  const percent = (share: number) => formatPercent(share * 100)
  return (
    <figure>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`With no bad caption the batch is always certified; with ${percent(half.share)} bad in ${percent(half.accepted)} of cases; with ${percent(limit)} bad in at most ${percent(risk)}.`} className="w-full max-w-[460px]">
        {[0, 0.5, 1].map((chance) => (
          <g key={chance}>
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(chance)} y2={y(chance)} className="stroke-line" />
            <text x={LEFT - 6} y={y(chance) + 4} textAnchor="end" className="fill-faint text-[11px] tabular-nums">{percent(chance)}</text>
          </g>
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((part) => <text key={part} x={x(part * to)} y={HEIGHT - BOTTOM + 15} textAnchor="middle" className="fill-faint text-[11px] tabular-nums">{percent(part * to)}</text>)}
        <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 6} textAnchor="middle" className="fill-faint text-[11px]">truly bad captions in the batch</text>
        <line x1={x(limit)} x2={x(limit)} y1={TOP} y2={HEIGHT - BOTTOM} strokeDasharray="3 3" className="stroke-rejected" />
        <text x={x(limit) + 4} y={TOP + 10} className="fill-rejected text-[11px] tabular-nums">your limit, {percent(limit)}</text>
        <path d={line} fill="none" strokeWidth="2" className="stroke-accent" />
      </svg>
      <figcaption className="measure text-soft">How often the batch would be certified, by how bad it truly is. With {percent(half.share)} bad it passes in {percent(half.accepted)} of cases.</figcaption>
    </figure>
  )
}
