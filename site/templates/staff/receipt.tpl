{{<staff/head}}
<h1>Read this number to the caller</h1>
<p>The report was sent. Read the groups one after the other and let the caller say each one back.</p>
<ol class="receipt" dir="ltr" aria-label="The caller’s number">
{{#GROUPS}}<li><span class="place">{{number}}</span> <span role="img" aria-label="{{spoken}}">{{digits}}</span></li>
{{/GROUPS}}</ol>
<div class="note"><p><strong>It is shown only now, and only you see it.</strong> Do not write it down for yourself, and do not send it by e-mail.</p></div>
<div class="say"><p class="by">Say to the caller</p>
<p>“With this number you can read our answer, write to us and add files, {{#PUBLIC}}at {{public_url}}{{/PUBLIC}}{{^PUBLIC}}on our website{{/PUBLIC}}. Keep it where only you look. If you lose it, nobody can find it for you.”</p></div>
<p class="buttons"><a class="button" href="/">The caller has it</a></p>
{{<staff/foot}}
