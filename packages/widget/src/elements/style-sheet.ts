/**
 * How the elements look. Kept free of comments and indentation, as it travels to every visitor as it stands.
 *
 * What lies on the host's page takes the page's own text colour and font; the panel brings its surface.
 * Colours follow `color-scheme`, which the page or the `theme` attribute sets. Pressed is shown by a filled
 * shape, never by colour alone.
 */
export const css = `
:host{display:block;font-size:.875em}
:host([hidden]),[hidden]{display:none!important}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
fieldset{all:unset;align-items:center;line-height:1.45;letter-spacing:0;text-transform:none;text-align:start;white-space:normal;color:var(--heed-text,inherit);
--_accent:var(--heed-accent,light-dark(#2a5bd0,#a4beff));
--_tint:color-mix(in srgb,currentColor 11%,transparent);
--_border:var(--heed-border,color-mix(in srgb,currentColor 55%,transparent));
--_radius:var(--heed-radius,10px);
--_size:max(24px,var(--heed-size,36px))}
button{all:unset;box-sizing:border-box}
button:enabled,input:enabled{cursor:pointer}
:focus-visible{outline:2px solid var(--_accent);outline-offset:1px}
svg{inline-size:20px;block-size:20px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
fieldset,[part=reasons]{display:flex;flex-wrap:wrap;gap:6px}
[part=thumbs],[part=rating]{display:flex;align-items:center}
[part=thumbs],[part=rating]:first-child{margin-inline-start:-8px}
[part~=button]{display:grid;place-items:center;outline-offset:-2px;inline-size:var(--_size);block-size:var(--_size);border-radius:var(--_radius)}
[part~=button]:hover,[part=reason]:hover,[aria-expanded=true]{background:var(--_tint)}
[part~=down] svg{transform:scaleY(-1)}
[part~=thumb][aria-pressed=true]{color:var(--_accent);background:var(--_tint)}
[aria-pressed=true] path,label:has(:checked) path,label:has(~label :checked) path{fill:currentColor}
label,[part=question],[part=submit]{font-weight:600}
[part=star]{display:grid;inline-size:max(24px,calc(var(--_size) - 6px));block-size:var(--_size);color:var(--heed-star,light-dark(#a86400,#f4bb44))}
[part=star]>*{grid-area:1/1;place-self:center}
[part=star] svg{pointer-events:none}
input{appearance:none;margin:0;inline-size:100%;block-size:100%;border-radius:var(--_radius)}
[part=panel]{flex-basis:min(100%,30rem);margin-inline-end:max(0px,100% - 30rem);box-sizing:border-box;position:relative;display:grid;gap:14px;padding:14px 16px 16px;border:1px solid var(--_tint);border-radius:calc(var(--_radius) + 4px);background:var(--heed-surface,light-dark(#fff,#1d2127));color:var(--heed-surface-text,light-dark(#1c2127,#e9ecf0))}
[part~=clear]{inline-size:24px}
[part~=close]{position:absolute;inset-block-start:6px;inset-inline-end:6px}
[part=question],[part=form],[part=sent]{flex-basis:100%}
[part=question]{padding-inline-end:32px}
[part=reason]{min-block-size:32px;padding:4px 12px;border:1px solid var(--_border);border-radius:32px}
[part=reason][aria-pressed=true],[part=submit]{border-color:var(--_accent);background:var(--_accent);color:var(--heed-on-accent,light-dark(#fff,#0d1b3e))}
[part=form],[part=sent]{display:grid;gap:8px;justify-items:start}
textarea{box-sizing:border-box;inline-size:100%;padding:8px 10px;resize:vertical;font:inherit;color:inherit;background:0;border:1px solid var(--_border);border-radius:var(--_radius)}
[part=submit]{min-block-size:36px;padding:6px 18px;border-radius:var(--_radius)}
[part=submit]:hover{filter:brightness(1.1)}
[part=quote]{max-block-size:4.4em;overflow:hidden;padding-inline-start:10px;border-inline-start:3px solid var(--_accent);white-space:pre-wrap;overflow-wrap:anywhere}
[part~=link]{min-block-size:24px;text-decoration:underline}
button:disabled,textarea:disabled,:disabled+svg{opacity:.5}
@media(hover:hover){[part=star]:hover path,[part=star]:has(~[part=star]:hover) path{fill:color-mix(in srgb,currentColor 35%,transparent)}}
[aria-pressed=true] svg{scale:1.1}
@media(prefers-reduced-motion:no-preference){button,svg{transition:.15s}}
@media(forced-colors:active){[part~=button]{border:1px solid}
[aria-pressed=true],[part=submit]{forced-color-adjust:none;background:Highlight!important;color:HighlightText!important}}
`;
