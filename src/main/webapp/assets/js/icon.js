const SVG = 'http://www.w3.org/2000/svg';
const symbols = new URL('../icons/foyer.svg', import.meta.url).pathname; // by the address that the page has them by

/** A symbol of foyer.svg. */
export function newIcon(name) {
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  icon.appendChild(document.createElementNS(SVG, 'use')).setAttribute('href', `${symbols}#${name}`);
  return icon;
}
