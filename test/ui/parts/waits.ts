import { errors, type Locator } from 'playwright-core';

/** Whether it comes into sight within this time. */
export function appears(locator: Locator, timeout: number): Promise<boolean> {
  return succeeds(locator.waitFor({ timeout }));
}

/** False when it takes longer than its own timeout. */
export async function succeeds(action: Promise<void>): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
