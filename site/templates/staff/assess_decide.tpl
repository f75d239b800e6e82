{{<staff/head}}
<p class="back"><a href="/report/{{id}}/assess">Back to the assessment</a></p>
<h1>Decisions</h1>
<p class="about">{{#RECEIVED}}<time datetime="{{iso}}">{{exact}}</time> ({{ago}}){{/RECEIVED}} · {{language}} · <strong>{{state_words}}</strong></p>
{{<staff/assess_others}}
{{#DECISIONS}}<section class="paper" aria-labelledby="decision-{{decision}}">
<h2 id="decision-{{decision}}">{{kind}}{{#TARGET}}: {{target}}{{/TARGET}}</h2>
<p class="about"><strong>{{decision_state}}</strong> · {{by}}, {{at}}{{#ANSWER_BY}} · the other team answers by {{answer_by}}{{/ANSWER_BY}}</p>
<p class="words" dir="auto">{{why}}</p>
{{#SECOND}}<p class="about">Second person: {{second}}</p><p class="words" dir="auto">{{second_reason}}</p>{{/SECOND}}
{{#WAITS_FOR_OTHER}}<p>Somebody else of your team has to confirm it.</p>{{/WAITS_FOR_OTHER}}
{{#REVIEW}}<form method="post" action="/report/{{id}}/decision/{{decision}}/review" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#ROW_FAULT}} wrong{{/ROW_FAULT}}"><label for="second-{{decision}}">Do you agree? Why?</label>
<p class="hint" id="second-{{decision}}-hint">A reason is needed if you do not agree.</p>
{{#ROW_FAULT}}<p class="error" id="second-{{decision}}-error">{{fault}}</p>{{/ROW_FAULT}}
<textarea id="second-{{decision}}" name="second" rows="2" dir="auto" aria-describedby="second-{{decision}}-hint{{#ROW_FAULT}} second-{{decision}}-error{{/ROW_FAULT}}"{{#ROW_FAULT}} aria-invalid="true"{{/ROW_FAULT}}>
{{review_reason}}</textarea></div>
<div class="buttons"><button name="go" value="confirm">Confirm</button> <button name="go" value="refuse" class="second">I do not agree</button></div>
</form>{{/REVIEW}}
{{#HELD}}<form method="post" action="/report/{{id}}/decision/{{decision}}/message" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#ROW_FAULT}} wrong{{/ROW_FAULT}}"><label for="message-{{decision}}">Message for the reporter, held until you send it</label>
<p class="hint" id="message-{{decision}}-hint">In the reporter’s language where we have it. Change it as you need.</p>
{{#ROW_FAULT}}<p class="error" id="message-{{decision}}-error">{{fault}}</p>{{/ROW_FAULT}}
<textarea id="message-{{decision}}" name="message" rows="4" dir="auto" aria-describedby="message-{{decision}}-hint{{#ROW_FAULT}} message-{{decision}}-error{{/ROW_FAULT}}"{{#ROW_FAULT}} aria-invalid="true"{{/ROW_FAULT}}>
{{message}}</textarea></div>
<div class="buttons"><button class="second">Send it to the reporter</button></div>
</form>{{/HELD}}
{{#SENT}}<p class="about">Sent to the reporter:</p><p class="words" dir="auto">{{message}}</p>{{/SENT}}
</section>
{{/DECISIONS}}
{{#NOTHING_SIGNED}}<p>Every decision rests on a signed assessment. <a href="/report/{{id}}/assess">Assess the report</a> first.</p>{{/NOTHING_SIGNED}}
{{#WAITS}}<p>A decision waits for an answer. Another one can be made when it is settled.</p>{{/WAITS}}
{{#FORM}}<section aria-labelledby="decide">
<h2 id="decide">Decide</h2>
<form method="post" action="/report/{{id}}/decide" class="narrow" accept-charset="utf-8" autocomplete="off">
<input type="hidden" name="form_token" value="{{form_token}}">
<fieldset id="kind"{{#KIND_FAULT}} class="wrong" aria-describedby="kind-error"{{/KIND_FAULT}}><legend>What becomes of this report?</legend>
{{#KIND_FAULT}}<p class="error" id="kind-error">{{fault}}</p>{{/KIND_FAULT}}
{{#KINDS}}<div class="choice"><input type="radio" id="kind-{{kind_name}}" name="kind" value="{{kind_name}}"{{#CHECKED}} checked{{/CHECKED}}><label for="kind-{{kind_name}}">{{words}}{{#NEEDS_SECOND}} <span class="hint">(waits for a second person)</span>{{/NEEDS_SECOND}}</label></div>
{{/KINDS}}</fieldset>
<div class="field{{#CASE_REFERENCE_FAULT}} wrong{{/CASE_REFERENCE_FAULT}}"><label for="case_reference">Case to link to</label>
<p class="hint" id="case_reference-hint">Only for linking, such as 2026-0012.</p>
{{#CASE_REFERENCE_FAULT}}<p class="error" id="case_reference-error">{{fault}}</p>{{/CASE_REFERENCE_FAULT}}
<input id="case_reference" name="case_reference" value="{{case_reference}}" maxlength="20" aria-describedby="case_reference-hint{{#CASE_REFERENCE_FAULT}} case_reference-error{{/CASE_REFERENCE_FAULT}}"{{#CASE_REFERENCE_FAULT}} aria-invalid="true"{{/CASE_REFERENCE_FAULT}}></div>
<div class="field{{#TEAM_FAULT}} wrong{{/TEAM_FAULT}}"><label for="team">Team that it is offered to</label>
<p class="hint" id="team-hint">Only for offering. Until they accept, it stays with you and they read only your reason.</p>
{{#TEAM_FAULT}}<p class="error" id="team-error">{{fault}}</p>{{/TEAM_FAULT}}
<select id="team" name="team" aria-describedby="team-hint{{#TEAM_FAULT}} team-error{{/TEAM_FAULT}}"{{#TEAM_FAULT}} aria-invalid="true"{{/TEAM_FAULT}}><option value="">Choose</option>{{#TEAMS}}<option value="{{team}}"{{#SELECTED}} selected{{/SELECTED}}>{{team_name}}</option>{{/TEAMS}}</select></div>
<div class="field{{#REASON_FAULT}} wrong{{/REASON_FAULT}}"><label for="reason">Why?</label>
<p class="hint" id="reason-hint">One or two sentences. Your team reads them; the team that it is offered to as well.</p>
{{#REASON_FAULT}}<p class="error" id="reason-error">{{fault}}</p>{{/REASON_FAULT}}
<textarea id="reason" name="reason" rows="3" dir="auto" aria-describedby="reason-hint{{#REASON_FAULT}} reason-error{{/REASON_FAULT}}"{{#REASON_FAULT}} aria-invalid="true"{{/REASON_FAULT}}>
{{reason}}</textarea></div>
<div class="buttons"><button accesskey="g">Decide</button></div>
</form>
</section>{{/FORM}}
{{<staff/foot}}
