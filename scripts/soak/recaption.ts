// Kills a worker 50 times at random over 1,000 samples, against an endpoint that misbehaves: `npm run soak`.
import { broken, killing } from './recaption-kill'

const outcome = await killing({ samples: Number(process.argv[2] ?? 1000), kills: Number(process.argv[3] ?? 50), say: (line) => console.error(line) })
const wrong = broken(outcome)
console.log(JSON.stringify({ ...outcome, wrong }, null, 2))
process.exit(wrong.length ? 1 : 0)
