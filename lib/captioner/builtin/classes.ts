/** The 80 classes of COCO in the order of the detectors' outputs. */
export const CLASSES =
  'person|bicycle|car|motorcycle|airplane|bus|train|truck|boat|traffic light|fire hydrant|stop sign|parking meter|bench|bird|cat|dog|horse|sheep|cow|elephant|bear|zebra|giraffe|backpack|umbrella|handbag|tie|suitcase|frisbee|skis|snowboard|sports ball|kite|baseball bat|baseball glove|skateboard|surfboard|tennis racket|bottle|wine glass|cup|fork|knife|spoon|bowl|banana|apple|sandwich|orange|broccoli|carrot|hot dog|pizza|donut|cake|chair|couch|potted plant|bed|dining table|toilet|tv|laptop|mouse|remote|keyboard|cell phone|microwave|oven|toaster|sink|refrigerator|book|clock|vase|scissors|teddy bear|hair drier|toothbrush'.split('|')

/** Numbers 1..90 of COCO's category list that were never used. */
const UNUSED = new Set([12, 26, 29, 30, 45, 66, 68, 69, 71, 83])
/** COCO category number (as SSD answers) → index in CLASSES. */
export const CLASS_OF_CATEGORY: ReadonlyMap<number, number> = new Map(
  Array.from({ length: 90 }, (_, i) => i + 1).filter((id) => !UNUSED.has(id)).map((id, index) => [id, index]),
)
