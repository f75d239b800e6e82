{{<staff/head}}
<h1>Held back</h1>
<p>These came in while there were very many at once. Release what is a real report. Discard what is not: it is destroyed for good.</p>
{{#EMPTY}}<p>Nothing is held back.</p>{{/EMPTY}}
{{#LIST}}<form method="post" action="/quarantine">
<input type="hidden" name="form_token" value="{{form_token}}">
<fieldset id="reports"{{#REPORTS_FAULT}} class="wrong" aria-describedby="reports-error"{{/REPORTS_FAULT}}>
<legend>Reports held back: {{count}}</legend>
{{#REPORTS_FAULT}}<p class="error" id="reports-error">{{fault}}</p>{{/REPORTS_FAULT}}
<ol class="rows ticks">
{{#ROWS}}<li><input type="checkbox" id="tick-{{id}}" name="report" value="{{id}}" aria-label="Choose this report"><div>
{{<staff/row}}
</div></li>
{{/ROWS}}</ol>
</fieldset>
<div class="buttons">
<button name="go" value="release">Release the ticked ones</button>
<button class="second" name="go" value="discard">Discard the ticked ones</button>
<button class="second" name="go" value="release-all">Release all {{count}}</button>
<button class="second" name="go" value="discard-all">Discard all {{count}}</button>
</div>
</form>{{/LIST}}
{{#NEXT_PAGE}}<nav class="pages" aria-label="Pages of the list"><a href="{{href}}">Next reports</a></nav>{{/NEXT_PAGE}}
{{<staff/foot}}
