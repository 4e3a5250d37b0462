/** What was read longer ago says of nobody that they may sign, nor what groups they are in. */
export const readWithinHours = 24;
