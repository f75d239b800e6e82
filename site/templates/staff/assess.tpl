{{<staff/head}}
<p class="back"><a href="/report/{{id}}">The report</a></p>
<h1>Assessment</h1>
<p class="about">{{#RECEIVED}}<time datetime="{{iso}}">{{exact}}</time> ({{ago}}){{/RECEIVED}} · {{language}} · <strong>{{state_words}}</strong>{{#DUE}} · decide by {{due_exact}}{{/DUE}}{{#OVERDUE}} · <strong class="late">Overdue: it was to be decided by {{due_exact}}</strong>{{/OVERDUE}}</p>
<nav class="jumps" aria-label="On this page"><a href="#suggested">Suggestions</a> <a href="#result">Result</a> <a href="#signs">Signs</a> <a href="#signing">Reasons and signature</a> <a href="/report/{{id}}/decide" accesskey="d">Decisions</a></nav>
{{#SIGNED}}<div class="note"><p>You have signed an assessment of this report. It stays as it is. If you write again, a new one begins.</p></div>{{/SIGNED}}
<form method="post" action="/report/{{id}}/ask" id="ask" accept-charset="utf-8"><input type="hidden" name="form_token" value="{{form_token}}"></form>
<div class="two desk">
<section aria-labelledby="told" class="told">
<h2 id="told">What was told</h2>
{{#PARTS}}<h3>{{part}}</h3>
<ul class="sentences">
{{#SENTENCES}}<li id="s{{number}}"><span class="number">{{number}}</span><div><p class="words" dir="auto">{{words}}</p>
{{#HINTS}}<p class="hint">Suggestion: {{#DENIED}}not: {{/DENIED}}{{label}}</p>
{{/HINTS}}</div></li>
{{/SENTENCES}}</ul>
{{/PARTS}}
</section>
<div>
<form method="post" action="/report/{{id}}/assess" accept-charset="utf-8" autocomplete="off">
<input type="hidden" name="form_token" value="{{form_token}}">
{{#ALL_LISTS}}<input type="hidden" name="lists" value="all">{{/ALL_LISTS}}
<section aria-labelledby="suggested">
<h2 id="suggested" tabindex="-1">Suggestions</h2>
{{^SUGGESTED}}<p>There is nothing suggested that you have not answered.</p>{{/SUGGESTED}}
{{#SUGGESTED}}<p>{{count}} from the words of the text. They count for nothing until you confirm them.</p>
{{#SUGGESTIONS}}<fieldset class="sign" id="suggestion-{{key}}">
<legend>{{label}}{{#DENIED}} <span class="hint">(the text seems to say no)</span>{{/DENIED}}{{#UNVERIFIED}} <span class="tag">not verified</span>{{/UNVERIFIED}} <a href="#s{{sentence}}" class="hint" tabindex="-1">sentence {{sentence}}</a></legend>
<input type="hidden" name="suggested_in:{{indicator}}" value="{{sentence}}">
<div class="picks"><span class="pick"><input type="radio" id="confirm-{{key}}" name="suggested:{{indicator}}" value="{{answer}}"><label for="confirm-{{key}}">{{#DENIED}}Confirm: no{{/DENIED}}{{^DENIED}}Confirm: yes{{/DENIED}}</label></span>
<span class="pick"><input type="radio" id="reject-{{key}}" name="suggested:{{indicator}}" value="reject"><label for="reject-{{key}}">Not meant</label></span>
<span class="pick"><input type="radio" id="later-{{key}}" name="suggested:{{indicator}}" value="later" checked><label for="later-{{key}}">Not looked at</label></span></div>
</fieldset>
{{/SUGGESTIONS}}{{/SUGGESTED}}
{{#REJECTED}}<input type="hidden" name="rejected:{{indicator}}" value="{{label}}">{{/REJECTED}}
<div class="field"><label for="usual_basis">What you note rests on</label>
<p class="hint" id="usual_basis-hint">Unless you choose another basis at a sign.</p>
<select id="usual_basis" name="usual_basis" aria-describedby="usual_basis-hint">{{#USUAL_BASES}}<option value="{{basis}}"{{#SELECTED}} selected{{/SELECTED}}>{{words}}</option>{{/USUAL_BASES}}</select></div>
<div class="buttons"><button name="go" value="save" accesskey="s" class="second">Keep and show the result</button></div>
</section>

<section aria-labelledby="result" class="paper">
<h2 id="result" tabindex="-1">Result so far</h2>
<p><strong>{{finding}}</strong><br>{{standard}}</p>
<h3>Established</h3>
<ul>{{#ESTABLISHED}}<li>{{sentence}}</li>{{/ESTABLISHED}}{{^ESTABLISHED}}<li>Nothing yet</li>{{/ESTABLISHED}}</ul>
<h3>Missing</h3>
<ul>{{#MISSING}}<li>{{sentence}}</li>{{/MISSING}}{{^MISSING}}<li>Nothing</li>{{/MISSING}}</ul>
{{#NOTES}}<p class="note">{{sentence}}</p>{{/NOTES}}
{{#RESTS_ON_UNVERIFIED}}<details><summary>Rests on signs that nobody has checked against their source</summary><ul>{{#UNVERIFIED_SIGNS}}<li>{{label}} <span class="tag">not verified</span></li>{{/UNVERIFIED_SIGNS}}</ul></details>{{/RESTS_ON_UNVERIFIED}}
<h3>Priority by the rules: {{ruled}}{{#RULES_UNVERIFIED}} <span class="tag">rules not verified</span>{{/RULES_UNVERIFIED}}</h3>
<ul>{{#REASONS}}<li>{{class}}: {{reason}}</li>{{/REASONS}}{{#NO_REASON}}<li>No rule applies</li>{{/NO_REASON}}</ul>
<p class="hint">Somebody looks at it within {{acknowledge}}.</p>
{{#OVERRIDDEN}}<p class="note">You changed it to {{to}}: {{why}}</p>{{/OVERRIDDEN}}
{{#NEXT}}<h3 id="next">The question that would change most</h3>
<p>{{label}}{{#UNVERIFIED}} <span class="tag">not verified</span>{{/UNVERIFIED}}<br><span class="hint">{{why}}</span></p>
{{#SENSITIVE}}<p class="hint">This may be painful to be asked. Ask only where there is trust and support.</p>{{/SENSITIVE}}
<div class="field{{#QUESTION_FAULT}} wrong{{/QUESTION_FAULT}}"><label for="question">Message to the reporter{{#DRAFT}} <span class="tag">draft translation, not yet reviewed</span>{{/DRAFT}}</label>
{{#QUESTION_FAULT}}<p class="error" id="question-error">{{fault}}</p>{{/QUESTION_FAULT}}
<textarea id="question" name="question" form="ask" rows="5" dir="auto"{{#QUESTION_FAULT}} aria-describedby="question-error" aria-invalid="true"{{/QUESTION_FAULT}}>
{{question}}</textarea></div>
<div class="buttons"><button class="second" form="ask" accesskey="q">Send this question to the reporter</button></div>{{/NEXT}}
</section>

<section aria-labelledby="signs">
<h2 id="signs" tabindex="-1">Signs by the method</h2>
<div class="field"><label for="profile">Whom it concerns</label>
<select id="profile" name="profile">{{#PROFILES}}<option value="{{profile}}"{{#SELECTED}} selected{{/SELECTED}}>{{words}}</option>{{/PROFILES}}</select></div>
<details{{#FACTS_OPEN}} open{{/FACTS_OPEN}}><summary>Age, departure, visa</summary>
<div class="pair">
<div><label for="age">Age in years</label><input id="age" name="age" inputmode="numeric" maxlength="3" value="{{age}}"></div>
<div class="choice"><input type="checkbox" id="age_disputed" name="age_disputed" value="yes"{{#AGE_DISPUTED}} checked{{/AGE_DISPUTED}}><label for="age_disputed">The age is in dispute</label></div>
<div><label for="hours_to_departure">Hours until they leave or are moved</label><input id="hours_to_departure" name="hours_to_departure" inputmode="numeric" maxlength="6" value="{{hours_to_departure}}"></div>
<div><label for="days_to_visa_expiry">Days until the visa expires</label><input id="days_to_visa_expiry" name="days_to_visa_expiry" maxlength="6" value="{{days_to_visa_expiry}}"></div>
</div></details>
<div id="signs-list">
{{#GROUPS}}<details class="group"{{#OPEN}} open{{/OPEN}}><summary><strong>{{title}}</strong> <span class="hint">{{count}} signs{{#ANSWERED}}, {{answered}} answered{{/ANSWERED}}</span></summary>
{{#SIGNS}}{{<staff/assess_sign}}
{{/SIGNS}}</details>
{{/GROUPS}}
</div>
{{#OTHER_LISTS}}<p><a href="/report/{{id}}/assess?lists=all#signs">Show the other lists ({{count}} signs)</a> <span class="hint">Keep your draft first.</span></p>{{/OTHER_LISTS}}
</section>

<section aria-labelledby="signing">
<h2 id="signing" tabindex="-1">Reasons and signature</h2>
<div class="field{{#REASONING_FAULT}} wrong{{/REASONING_FAULT}}"><label for="reasoning">Your reasoning</label>
<p class="hint" id="reasoning-hint">What speaks for it, what against, what you could not find out. May stay empty.</p>
{{#REASONING_FAULT}}<p class="error" id="reasoning-error">{{fault}}</p>{{/REASONING_FAULT}}
<textarea id="reasoning" name="reasoning" rows="4" dir="auto" aria-describedby="reasoning-hint{{#REASONING_FAULT}} reasoning-error{{/REASONING_FAULT}}"{{#REASONING_FAULT}} aria-invalid="true"{{/REASONING_FAULT}}>
{{reasoning}}</textarea></div>
<details{{#PRIORITY_OPEN}} open{{/PRIORITY_OPEN}}><summary>Change the priority</summary>
<p class="hint">By the rules it is {{ruled}}. A decision then waits for a second person.</p>
<div class="field"><label for="priority">Priority</label><select id="priority" name="priority"><option value="">By the rules</option>{{#PRIORITIES}}<option{{#SELECTED}} selected{{/SELECTED}}>{{priority}}</option>{{/PRIORITIES}}</select></div>
<div class="field{{#PRIORITY_REASON_FAULT}} wrong{{/PRIORITY_REASON_FAULT}}"><label for="priority_reason">Why?</label>
{{#PRIORITY_REASON_FAULT}}<p class="error" id="priority_reason-error">{{fault}}</p>{{/PRIORITY_REASON_FAULT}}
<textarea id="priority_reason" name="priority_reason" rows="2" dir="auto"{{#PRIORITY_REASON_FAULT}} aria-describedby="priority_reason-error" aria-invalid="true"{{/PRIORITY_REASON_FAULT}}>
{{priority_reason}}</textarea></div></details>
<div class="buttons"><button name="go" value="sign" accesskey="g">Sign</button> <button name="go" value="save" class="second">Keep as a draft</button></div>
<p class="hint">A signed assessment stays as it is. Method: {{method}}</p>
</section>
</form>
{{<staff/assess_others}}
</div>
</div>
{{<staff/foot}}
