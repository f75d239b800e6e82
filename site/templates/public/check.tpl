{{<public/head}}
{{#EXPIRED}}<div class="note" role="status"><p>[[This page was open for a long time. Please type your number again.]]</p></div>{{/EXPIRED}}
{{#HAS_ERRORS}}<div class="errors" role="alert" tabindex="-1" aria-labelledby="errors-title">
<h2 id="errors-title">[[Please look at this again]]</h2>
<ul><li><a href="#receipt">{{#EMPTY}}[[Type your number.]]{{/EMPTY}}{{#WRONG_LENGTH}}[[The number has {digits} digits. You typed {count}.]]{{/WRONG_LENGTH}}{{#NOT_DIGITS}}[[The number has only digits in it.]]{{/NOT_DIGITS}}{{#WRONG_DIGIT}}[[A digit is wrong. Please look at each group again.]]{{/WRONG_DIGIT}}{{#NO_REPORT}}[[There is no report with this number. It may be mistyped, or the report was deleted.]]{{/NO_REPORT}}</a></li></ul>
</div>{{/HAS_ERRORS}}
<h1>[[Read an answer, or add to your report]]</h1>
<form method="post" action="/{{lang}}/check" accept-charset="utf-8" autocomplete="off">
{{#DRAFT_WORDS}}<input type="hidden" name="message" value="{{message}}">{{/DRAFT_WORDS}}
<div class="field{{#HAS_ERRORS}} bad{{/HAS_ERRORS}}">
<label for="receipt">[[Your number]]</label>
<p class="hint" id="receipt-hint">[[The {digits} digits you got when you sent your report. You may type spaces.]]</p>
{{#HAS_ERRORS}}<p class="error" id="receipt-error">{{#EMPTY}}[[Type your number.]]{{/EMPTY}}{{#WRONG_LENGTH}}[[The number has {digits} digits. You typed {count}.]]{{/WRONG_LENGTH}}{{#NOT_DIGITS}}[[The number has only digits in it.]]{{/NOT_DIGITS}}{{#WRONG_DIGIT}}[[A digit is wrong. Please look at each group again.]]{{/WRONG_DIGIT}}{{#NO_REPORT}}[[There is no report with this number. It may be mistyped, or the report was deleted.]]{{/NO_REPORT}}</p>{{/HAS_ERRORS}}
<input class="number" id="receipt" name="receipt" inputmode="numeric" autocomplete="off" spellcheck="false" dir="ltr" value="{{receipt}}" aria-describedby="receipt-hint{{#HAS_ERRORS}} receipt-error{{/HAS_ERRORS}}"{{#HAS_ERRORS}} aria-invalid="true"{{/HAS_ERRORS}}>
</div>
<div class="buttons"><button name="go" value="open">[[Open]]</button></div>
</form>
<p>[[No number, or you lost it? You can send a new report.]] {{#OPEN}}<a href="/{{lang}}/form">[[Start a report]]</a>{{/OPEN}}</p>
{{<public/emergency}}
{{<public/foot}}
