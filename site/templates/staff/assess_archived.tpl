{{<staff/head}}
<p class="back"><a href="/report/{{id}}/assess">Back to the assessment</a></p>
<h1>Assessment as it was signed</h1>
<p class="about">{{assessor}} · {{signed_at}} · {{profile}}</p>
{{#OLD_METHOD}}<div class="note"><p>It is shown by the method of its time, which has changed since.</p></div>{{/OLD_METHOD}}
<p class="say"><strong>{{finding}}</strong><br>{{standard}} · Priority {{priority}}</p>
{{#OVERRIDDEN}}<p>By the rules it was {{ruled}}; it was changed because: {{why}}</p>{{/OVERRIDDEN}}
<h2>Established</h2>
<ul>{{#ESTABLISHED}}<li>{{sentence}}</li>{{/ESTABLISHED}}{{^ESTABLISHED}}<li>Nothing</li>{{/ESTABLISHED}}</ul>
<h2>Missing</h2>
<ul>{{#MISSING}}<li>{{sentence}}</li>{{/MISSING}}{{^MISSING}}<li>Nothing</li>{{/MISSING}}</ul>
{{#NOTES}}<p class="note">{{sentence}}</p>{{/NOTES}}
<h2>Priority</h2>
<ul>{{#REASONS}}<li>{{class}}: {{reason}}</li>{{/REASONS}}{{^REASONS}}<li>No rule applied</li>{{/REASONS}}</ul>
<h2>Observations</h2>
<ul class="rows">
{{#OBSERVATIONS}}<li><p><strong>{{label}}: {{answer}}</strong>{{#UNVERIFIED}} <span class="tag">not verified</span>{{/UNVERIFIED}}</p>
<p class="about">{{basis}}{{#SENTENCE}} · sentence {{number}}: <span dir="auto">{{words}}</span>{{/SENTENCE}}</p></li>
{{/OBSERVATIONS}}</ul>
{{#REASONING}}<h2>Reasoning</h2><p class="words" dir="auto">{{reasoning}}</p>{{/REASONING}}
<p class="hint">Method: {{method}}</p>
{{<staff/foot}}
