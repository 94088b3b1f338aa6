/**
 * On a country `<select>` whose options carry `data-zone` (and maybe `data-currency`): proposes them in the fields that
 * `data-zone-field` and `data-currency-field` name, until a person has chosen there.
 */
export function startCountryZone(element: HTMLElement): void {
  if (!(element instanceof HTMLSelectElement)) return;
  const proposals = (["zone", "currency"] as const).flatMap((name) => {
    const field = document.getElementById(element.dataset[`${name}Field`] ?? "");
    if (!(field instanceof HTMLSelectElement || field instanceof HTMLInputElement)) return [];
    const proposal = { name, field, chosen: false };
    field.addEventListener("change", () => {
      proposal.chosen = true;
    });
    return [proposal];
  });
  element.addEventListener("change", () => {
    const option = element.selectedOptions[0];
    for (const { name, field, chosen } of proposals) {
      const value = option?.dataset[name];
      if (value && !chosen) field.value = value;
    }
  });
}
