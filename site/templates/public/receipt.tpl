{{<public/head}}
<h1>[[Your report has been sent]]</h1>
<p>[[This is your number. With it you can read our answer, write to us and add files.]]</p>
<ol class="receipt" dir="ltr" aria-label="[[Your number]]">
{{#GROUPS}}<li><span role="img" aria-label="{{spoken}}">{{digits}}</span></li>
{{/GROUPS}}</ol>
<div class="note">
<p><strong>[[Write the number down now. It is shown only once.]]</strong></p>
<p>[[If you lose it, nobody can find it for you, and you cannot read our answer.]]</p>
</div>
<ul>
<li>[[Write it on paper, or print this page. Keep it where only you look.]]</li>
<li>[[Do not take a picture of it if someone looks through your phone.]]</li>
<li>[[Anyone who has the number can read our answers.]]</li>
</ul>
{{#FILES_SENT}}<p>[[Files sent: {count}]]</p>{{/FILES_SENT}}
{{#FILES_MISSING}}<div class="note"><p>[[Your words arrived. Not all files did. You can add them again with your number.]]</p></div>{{/FILES_MISSING}}
{{#QUARANTINED}}<p>[[Very many reports are coming in. Yours is kept safe, but it may take longer until someone reads it.]]</p>{{/QUARANTINED}}
<h2>[[What happens next]]</h2>
<p>[[The team will open your report and may ask you something. We cannot say how long this takes. Look again in a few days.]]</p>
{{<public/emergency}}
<p><a class="button second" href="/{{lang}}/check">[[Read an answer, or add to your report]]</a></p>
<p><a class="button" href="/exit" rel="noreferrer">[[I have written it down. Leave this site now.]]</a></p>
{{<public/foot}}
