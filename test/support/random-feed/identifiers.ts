/** Invented identifiers with valid check digits. */

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** The n-th invented enterprise number (n below 1,000,000): ten digits, the last two a check. */
export function enterpriseNumber(n: number): string {
  const eight = 2_000_000 + n * 7;
  return pad(eight, 8) + pad(97 - (eight % 97), 2);
}

/** The n-th invented national number. From n = 5000 of people born in 2001. */
export function nationalNumber(n: number): string {
  const born2000 = n >= 5000;
  const day = 1 + (n % 28);
  const month = 1 + (Math.floor(n / 28) % 12);
  const nine = `${born2000 ? '01' : pad(60 + (n % 40), 2)}${pad(month, 2)}${pad(day, 2)}${pad(1 + (n % 997), 3)}`;
  const remainder = Number(born2000 ? `2${nine}` : nine) % 97;
  return nine + pad(97 - remainder, 2);
}

/** The n-th invented Belgian IBAN. */
export function iban(n: number): string {
  const ten = pad(9_000_000_000 + n, 10);
  const account = ten + pad(Number(ten) % 97 || 97, 2);
  return `BE${pad(98 - Number(BigInt(`${account}111400`) % 97n), 2)}${account}`;
}

/** The n-th structured communication, far from any that a run gives out. */
export function structuredCommunication(n: number): string {
  const ten = pad(9_990_000_000 + n, 10);
  const twelve = ten + pad(Number(ten) % 97 || 97, 2);
  return `+++${twelve.slice(0, 3)}/${twelve.slice(3, 7)}/${twelve.slice(7)}+++`;
}
