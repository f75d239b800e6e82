{{>HEAD}}
{{#NOT_FOUND}}<h1>[[This page does not exist]]</h1>
<p>[[Please go to the start page.]]</p>{{/NOT_FOUND}}
{{#TOO_LARGE}}<h1>[[That was too large]]</h1>
<p>[[The limit is {limit}. Please go back with your browser. What you typed is still there.]]</p>{{/TOO_LARGE}}
{{#NOT_UNDERSTOOD}}<h1>[[We could not read that]]</h1>
<p>[[Please go back with your browser and try again. What you typed is still there.]]</p>{{/NOT_UNDERSTOOD}}
{{#FAILED}}<h1>[[Something went wrong on our side]]</h1>
<p>[[It was not your fault. Please try again later, or call.]]</p>{{/FAILED}}
{{#CLOSED}}<h1>[[Reports cannot be sent here now]]</h1>
<p>[[Reports cannot be sent here at the moment, because no team can read them yet. Please call one of these numbers.]]</p>{{/CLOSED}}
{{#WITH_STATE}}<form method="post" action="{{ACTION}}" accept-charset="utf-8" autocomplete="off">
{{#FIELDS}}<input type="hidden" name="{{FIELD}}" value="{{VALUE}}">
{{/FIELDS}}<div class="buttons"><button name="go" value="{{GO}}">[[Try again]]</button></div>
</form>{{/WITH_STATE}}
<p><a href="/{{LANG}}/">[[Start page]]</a></p>
{{>EMERGENCY}}
{{>CHANNELS}}
{{>FOOT}}
