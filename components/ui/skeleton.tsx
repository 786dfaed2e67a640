import { cx } from './class-names'

/** Stands where something will come, in its true size. */
export const Skeleton = ({ className }: { className?: string }) => <span aria-hidden className={cx('block animate-pulse rounded-small bg-hover', className)} />
