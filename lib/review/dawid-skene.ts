/** `truth[i]`: chance that item i is positive; a person's sensitivity and specificity as the answers imply them. */
export type Consensus = { truth: number[]; prevalence: number; people: { sensitivity: number; specificity: number }[]; rounds: number }

/** Added to every expected count, so that nobody is ever held to be infallible. */
const SMOOTHING = 0.01

/** Dawid & Skene's EM (1979) for yes-or-no answers. A row an item, a column a person; starts from the shares of votes. */
export function dawidSkene(votes: readonly (readonly (0 | 1)[])[]): Consensus {
  const persons = votes[0].map((_, j) => j)
  let truth = votes.map((row) => row.reduce((sum: number, vote) => sum + vote, 0) / row.length)
  let people: Consensus['people'] = []
  let prevalence = 0.5
  for (let rounds = 1; ; rounds++) {
    const positive = truth.reduce((a, b) => a + b, 0)
    const negative = truth.length - positive
    prevalence = positive / truth.length
    people = persons.map((j) => ({
      sensitivity: (votes.reduce((sum, row, i) => sum + truth[i] * row[j], 0) + SMOOTHING) / (positive + 2 * SMOOTHING),
      specificity: (votes.reduce((sum, row, i) => sum + (1 - truth[i]) * (1 - row[j]), 0) + SMOOTHING) / (negative + 2 * SMOOTHING),
    }))
    const next = votes.map((row) => {
      let yes = prevalence
      let no = 1 - prevalence
      row.forEach((vote, j) => {
        yes *= vote ? people[j].sensitivity : 1 - people[j].sensitivity
        no *= vote ? 1 - people[j].specificity : people[j].specificity
      })
      return yes / (yes + no)
    })
    const moved = Math.max(...next.map((one, i) => Math.abs(one - truth[i])))
    truth = next
    if (moved < 1e-10 || rounds >= 1000) return { truth, prevalence, people, rounds }
  }
}
