/** Starts the timeline of all properties. */
export function startTimeline(_element: HTMLElement): void {}
