const zero = 48;
const nine = 57;

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}

/** Position after the digits that begin at `from`. */
function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Position of the first digit that counts: `007` is `7`, and `000` is `0`. */
function skipZeros(text: string, from: number, end: number): number {
  let start = from;
  while (start < end - 1 && text.charCodeAt(start) === zero) start++;
  return start;
}

/**
 * Order of names, numbers in them read as numbers: `web-2` before `web-10`. Written out, because a collator takes
 * ten times as long and ten thousand names are sorted while somebody types.
 */
export function compareNames(one: string, other: string): number {
  let left = 0;
  let right = 0;
  while (left < one.length && right < other.length) {
    const a = one.charCodeAt(left);
    const b = other.charCodeAt(right);
    if (isDigit(a) && isDigit(b)) {
      const leftEnd = endOfDigits(one, left);
      const rightEnd = endOfDigits(other, right);
      const order = compareDigits(
        one,
        skipZeros(one, left, leftEnd),
        leftEnd,
        other,
        skipZeros(other, right, rightEnd),
        rightEnd,
      );
      if (order !== 0) return order;
      left = leftEnd;
      right = rightEnd;
    } else {
      if (a !== b) return a - b;
      left++;
      right++;
    }
  }
  const rest = one.length - left - (other.length - right);
  // `web-01` and `web-1` are not the same name.
  return rest !== 0 ? rest : one < other ? -1 : one > other ? 1 : 0;
}

function compareDigits(
  one: string,
  left: number,
  leftEnd: number,
  other: string,
  right: number,
  rightEnd: number,
): number {
  const longer = leftEnd - left - (rightEnd - right);
  if (longer !== 0) return longer;
  for (let at = 0; left + at < leftEnd; at++) {
    const difference = one.charCodeAt(left + at) - other.charCodeAt(right + at);
    if (difference !== 0) return difference;
  }
  return 0;
}
