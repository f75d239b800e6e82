{{<public/head}}
{{#NOT_FOUND}}<h1>[[This page does not exist]]</h1>
<p>[[Please go to the start page.]]</p>{{/NOT_FOUND}}
{{#REFUSED}}<h1>[[This did not work]]</h1>
<p>{{sentence}}</p>
<p>[[Please go back with your browser and try again. What you typed is still there.]]</p>{{/REFUSED}}
{{#FAILED}}<h1>[[Something went wrong on our side]]</h1>
<p>[[It was not your fault. Please try again later, or call.]]</p>{{/FAILED}}
{{#CLOSED}}<h1>[[Reports cannot be sent here now]]</h1>
<p>[[Reports cannot be sent here at the moment, because no team can read them yet. Please call one of these numbers.]]</p>{{/CLOSED}}
{{#WITH_STATE}}<form method="post" action="{{action}}" accept-charset="utf-8" autocomplete="off">
{{#FIELDS}}<input type="hidden" name="{{field}}" value="{{value}}">
{{/FIELDS}}<div class="buttons"><button name="go" value="{{go}}">[[Try again]]</button></div>
</form>{{/WITH_STATE}}
<p><a href="/{{lang}}/">[[Start page]]</a></p>
{{<public/emergency}}
{{<public/channels}}
{{<public/foot}}
