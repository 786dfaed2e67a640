/** The orders in which work is offered; the label is shown. */
export const QUEUE_ORDERS = [
  { id: 'imported', label: 'As imported' },
  { id: 'random', label: 'Random' },
  { id: 'suspicious', label: 'Most suspicious first' },
  { id: 'disagreement', label: 'Most disagreement first' },
  { id: 'duplicates', label: 'Near-duplicates together' },
] as const
export type QueueOrder = (typeof QUEUE_ORDERS)[number]['id']
