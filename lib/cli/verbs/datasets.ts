import { listDatasets } from '@/lib/dataset/store'
import type { Verb } from '../types'

export const datasets: Verb = {
  id: 'datasets',
  usage: '',
  summary: 'List the datasets with their counts.',
  options: {},
  takes: [0, 0],
  async run() {
    const list = listDatasets()
    const width = Math.max(0, ...list.map((one) => one.name.length))
    return {
      result: { datasets: list.map(({ name, samples, captions }) => ({ name, samples, captions })) },
      text: list.map((one) => `${one.name.padEnd(width)}  ${one.samples.toLocaleString('en')} samples, ${one.captions.toLocaleString('en')} captions`).join('\n') || 'No dataset yet. Begin with: recaption import <folder> --dataset <name>',
    }
  },
}
