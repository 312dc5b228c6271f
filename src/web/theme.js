// The page's colours as a canvas understands them.

/** Each custom property, resolved for the theme of now: "#1f3a5f", or "rgba(…)" where it is translucent. */
export function colours(names) {
  const probe = document.createElement('i');
  probe.hidden = true;
  document.documentElement.append(probe);
  const style = getComputedStyle(probe);
  const resolved = names.map((name) => {
    // Mixed with itself: whatever notation the token uses, the browser answers in sRGB.
    probe.style.color = `color-mix(in srgb, var(${name}), var(${name}))`;
    return plain(style.color);
  });
  probe.remove();
  return resolved;
}

// "color(srgb 0.12 0.23 0.37 / 0.5)". Anything else is left as the browser says it.
function plain(colour) {
  const parts = /^color\(srgb ([^)]+)\)$/.exec(colour)?.[1].split(/[ /]+/).map((part) => Number.parseFloat(part) || 0);
  if (!parts) return colour;
  // Colours that the screen cannot show are held at its edge.
  const [red, green, blue] = parts.map((part) => Math.round(255 * Math.min(Math.max(part, 0), 1)));
  const alpha = parts[3] ?? 1;
  if (alpha < 1) return `rgba(${red},${green},${blue},${Number(alpha.toFixed(3))})`;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
