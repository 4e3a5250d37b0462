/** Days of the week as choices. */
export const dayOptions = ['1', '2', '3', '4', '5', '6', '7'] as const;
export const shortDays = { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' };
