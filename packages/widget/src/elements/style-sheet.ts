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
fieldset{all:unset;display:flex;flex-wrap:wrap;align-items:center;gap:4px 6px;line-height:1.45;letter-spacing:0;text-transform:none;text-align:start;white-space:normal;color:var(--heed-text,inherit);
--_accent:var(--heed-accent,light-dark(#2a5bd0,#a4beff));
--_on-accent:var(--heed-on-accent,light-dark(#fff,#0d1b3e));
--_star:var(--heed-star,light-dark(#a86400,#f4bb44));
--_border:var(--heed-border,color-mix(in srgb,currentColor 55%,transparent));
--_radius:var(--heed-radius,10px);
--_size:max(24px,var(--heed-size,36px))}
button,textarea{all:unset;box-sizing:border-box}
button,input{cursor:pointer}
:focus-visible{outline:2px solid var(--_accent);outline-offset:1px}
svg{inline-size:20px;block-size:20px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
[part=thumbs],[part=rating]{display:flex;align-items:center}
[part]:first-child:is([part=thumbs],[part=rating]){margin-inline-start:-8px}
[part~=button]{display:grid;place-items:center;inline-size:var(--_size);block-size:var(--_size);border-radius:var(--_radius)}
[part~=button]:hover,[aria-expanded=true]{background:color-mix(in srgb,currentColor 9%,transparent)}
[part~=down] svg{transform:scaleY(-1)}
[part~=thumb][aria-pressed=true]{color:var(--_accent);background:color-mix(in srgb,currentColor 14%,transparent)}
[aria-pressed=true] path,label:has(:checked) path,label:has(~label :checked) path{fill:currentColor}
label{font-weight:600}
[part=star]{display:grid;inline-size:max(24px,calc(var(--_size) - 6px));block-size:var(--_size);color:var(--_star)}
[part=star]>*{grid-area:1/1;place-self:center}
[part=star] svg{pointer-events:none}
input{appearance:none;margin:0;inline-size:100%;block-size:100%;border-radius:var(--_radius)}
[part=panel]{flex-basis:min(100%,30rem);margin-inline-end:max(0px,100% - 30rem);box-sizing:border-box;position:relative;display:grid;gap:14px;margin-block-start:4px;padding:14px 16px 16px;border:1px solid color-mix(in srgb,currentColor 16%,transparent);border-radius:calc(var(--_radius) + 4px);background:var(--heed-surface,light-dark(#fff,#1d2127));color:var(--heed-surface-text,light-dark(#1c2127,#e9ecf0))}
[part~=clear]{inline-size:24px}
[part~=close]{position:absolute;inset-block-start:6px;inset-inline-end:6px}
[part=reasons]{display:flex;flex-wrap:wrap;gap:6px}
p{margin:0}
[part=question]{flex-basis:100%;font-weight:600;padding-inline-end:32px}
[part=reason]{min-block-size:32px;padding:4px 12px;border:1px solid var(--_border);border-radius:32px}
[part=reason]:hover{border-color:currentColor}
[part=reason][aria-pressed=true],[part=submit]{border-color:var(--_accent);background:var(--_accent);color:var(--_on-accent)}
[part=comment]{flex-basis:100%}
[part=form],[part=sent]{display:grid;gap:6px;justify-items:start}
textarea{inline-size:100%;min-block-size:5.2em;padding:8px 10px;overflow:auto;resize:vertical;white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--_border);border-radius:var(--_radius)}
[part=submit]{min-block-size:36px;margin-block-start:4px;padding:6px 18px;border-radius:var(--_radius);font-weight:600}
[part=submit]:hover{filter:brightness(1.1)}
[part=quote]{max-block-size:4.4em;overflow:hidden;padding-inline-start:10px;border-inline-start:3px solid var(--_accent);white-space:pre-wrap;overflow-wrap:anywhere}
[part~=link]{min-block-size:24px;text-decoration:underline;text-underline-offset:3px}
[part=status]{outline:0}
:disabled{cursor:not-allowed}
button:disabled,textarea:disabled,:disabled+svg{opacity:.5}
@media(hover:hover){[part=star]:hover path,[part=star]:has(~[part=star]:hover) path{fill:color-mix(in srgb,currentColor 35%,transparent)}}
@media(prefers-reduced-motion:no-preference){button,path{transition:.15s;transition-property:background,color,border-color,fill}
[aria-pressed=true] svg,:checked+svg{animation:pop .25s}
@keyframes pop{50%{scale:1.2}}}
@media(forced-colors:active){button{border:1px solid}
[aria-pressed=true],[part=submit]{forced-color-adjust:none;background:Highlight!important;color:HighlightText!important}}
`;
