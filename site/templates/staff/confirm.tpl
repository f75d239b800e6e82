{{<staff/head}}
<h1>{{title}}</h1>
<p>{{text}}</p>
<form method="post" action="{{action}}">
<input type="hidden" name="form_token" value="{{form_token}}">
<input type="hidden" name="confirmed" value="yes">
{{#FIELDS}}<input type="hidden" name="{{name}}" value="{{value}}">
{{/FIELDS}}
<div class="buttons"><button{{#FOR_GOOD}} class="bad"{{/FOR_GOOD}}>{{button}}</button> <a class="button second" href="{{back}}">No, go back</a></div>
</form>
{{<staff/foot}}
