const SVG = 'http://www.w3.org/2000/svg';
const context = document.documentElement.dataset.context ?? '';

/** A symbol of foyer.svg. */
export function newIcon(name) {
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  icon.appendChild(document.createElementNS(SVG, 'use')).setAttribute('href', `${context}/assets/icons/foyer.svg#${name}`);
  return icon;
}
