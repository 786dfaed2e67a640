// Eight reviewers race over the same captions, then one is killed again and again; every answered decision must be there
// exactly once: `npm run soak review [decisions] [kills]`.
import { freshHome } from '@/lib/testing'

const [decisions, kills] = [Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 50)]
const home = await freshHome()
const { client, keptOf, seed, shoot } = await import('@/lib/review/testing')
const { bulk } = await import('@/lib/db')
const begun = Date.now()

const race = seed({ samples: 200, name: 'race' })
const clients = Array.from({ length: 8 }, (_, i) => client(`client${i}`, Math.ceil(decisions / 8), race.short))
const codes = await Promise.all(clients.map((one) => one.ended))
const raced = clients.flatMap((one) => one.accepted())
console.error(`${raced.length} decisions in ${((Date.now() - begun) / 1000).toFixed(0)} s`)

const shot = seed({ samples: 20, name: 'shot' })
const answered: string[] = []
for (let round = 0; round < kills; round++) answered.push(...(await shoot(`victim${round}`, 1 + Math.floor(Math.random() * 60), shot.short)))

const [afterRace, afterKills] = [keptOf(race.datasetId), keptOf(shot.datasetId)]
const [ofRace, ofKills] = [new Set(afterRace.decisions), new Set(afterKills.decisions)]
const outcome = {
  decisions: raced.length + answered.length,
  kills,
  stopped: codes.filter((code) => code !== 0).length,
  lost: raced.filter((token) => !ofRace.has(token)).length + answered.filter((token) => !ofKills.has(token)).length,
  // A kill may fall between the commit and the answer, once a round.
  unanswered: afterRace.decisions.length - raced.length + Math.max(0, afterKills.decisions.length - answered.length - kills),
  versions: afterRace.decisions.length - afterRace.versions + afterKills.decisions.length - afterKills.versions,
  wrong: afterRace.wrong + afterKills.wrong,
  integrity: bulk().pragma('integrity_check', { simple: true }) as string,
  seconds: Math.round((Date.now() - begun) / 1000),
}
console.log(JSON.stringify(outcome, null, 2))
await home.remove()
process.exit(outcome.stopped + outcome.lost + outcome.unanswered + Math.abs(outcome.versions) + outcome.wrong === 0 && outcome.integrity === 'ok' ? 0 : 1)
