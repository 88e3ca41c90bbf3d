const HUES = 10; // .hue-0 to .hue-9 in base.css

/** The initials of the first two words of a name: "Amber Otter 42" gives "AO". */
const initials = (name) =>
  name.trim().split(/\s+/u).slice(0, 2).map((word) => [...word][0] ?? '').join('').toUpperCase();

/** The same person has the same hue on every machine. */
function hue(id) {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)) >>> 0;
  return sum % HUES;
}

export function paintAvatar(element, { id, name }) {
  element.textContent = initials(name);
  element.className = `avatar hue-${hue(id)}`;
}

export function newAvatar(person) {
  const avatar = document.createElement('span');
  paintAvatar(avatar, person);
  return avatar;
}
