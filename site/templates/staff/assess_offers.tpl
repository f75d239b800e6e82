{{<staff/head}}
<h1>Offered to your team</h1>
{{#EMPTY}}<p>Nothing waits for your team’s answer.</p>{{/EMPTY}}
{{#OFFERS}}<section class="paper" aria-labelledby="offer-{{decision}}">
<h2 id="offer-{{decision}}">{{kind}}, from {{from_team}}</h2>
<p class="about"><time datetime="{{iso}}" title="{{exact}}">{{ago}}</time> · {{#LATE}}<strong class="late">Overdue: answer it, it was due {{answer_by}}</strong>{{/LATE}}{{^LATE}}answer by {{answer_by}}{{/LATE}}</p>
<p class="words" dir="auto">{{why}}</p>
<form method="post" action="/offers/{{decision}}" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}"><input type="hidden" name="team" value="{{team}}">
<div class="field{{#ROW_FAULT}} wrong{{/ROW_FAULT}}"><label for="reason-{{decision}}">Your answer</label>
<p class="hint" id="reason-{{decision}}-hint">A reason is needed if you decline. If you accept, the report becomes your team’s alone.</p>
{{#ROW_FAULT}}<p class="error" id="reason-{{decision}}-error">{{fault}}</p>{{/ROW_FAULT}}
<textarea id="reason-{{decision}}" name="reason" rows="2" dir="auto" aria-describedby="reason-{{decision}}-hint{{#ROW_FAULT}} reason-{{decision}}-error{{/ROW_FAULT}}"{{#ROW_FAULT}} aria-invalid="true"{{/ROW_FAULT}}>
{{reason}}</textarea></div>
<div class="buttons"><button name="go" value="accept">Accept</button> <button name="go" value="decline" class="second">Decline</button></div>
</form></section>
{{/OFFERS}}
{{<staff/foot}}
